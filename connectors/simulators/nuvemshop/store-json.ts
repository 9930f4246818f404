import type { ShopFacts } from '../shop/world-records.ts';
import { localised, timeText } from './answers.ts';

/** The answer of `/store`. */
export function storeRecord(shop: ShopFacts, storeId: string) {
  return {
    id: Number(storeId),
    name: localised(shop.name),
    description: localised(''),
    admin_language: 'pt',
    main_language: 'pt',
    main_currency: shop.currency,
    country: shop.country,
    languages: { pt: { currency: shop.currency, active: true } },
    original_domain: shop.domain,
    domains: [shop.domain],
    email: shop.email,
    contact_email: shop.email,
    phone: null,
    business_id: '11444777000161',
    business_name: `${shop.name} LTDA`,
    business_address: null,
    plan_name: 'Avançado',
    current_theme: 'amazonas',
    customer_accounts: 'optional',
    type: 'clothing',
    created_at: timeText(shop.createdAt),
  };
}
