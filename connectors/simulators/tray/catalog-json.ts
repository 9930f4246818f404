import type { Coupon, ProductAt, VariantAt } from '../shop/catalog-records.ts';
import { decimal } from '../shop/money.ts';
import { dateText, NO_DATE, timeText } from './answers.ts';
import { categoryId, couponId, productId, variantId } from './ids.ts';

/** A record of `/products`: what is empty is `[]` here and `"0"` there. */
export function productRecord(at: ProductAt) {
  const { product, name, updatedAt, variants } = at;
  const [first] = variants;
  const categories = product.categoryIds.map((id) => categoryId(id));
  const price = first?.listPrice ?? 0;
  return {
    modified: timeText(updatedAt),
    ean: first?.variant.barcode ?? '',
    is_kit: product.kind === 'kit' ? '1' : '0',
    slug: product.handle,
    ncm: '61044300',
    activation_date: NO_DATE,
    deactivation_date: NO_DATE,
    id: productId(product.id),
    name,
    price: decimal(price),
    cost_price: decimal(first?.cost ?? 0),
    promotional_price: decimal(promotionOf(first)),
    start_promotion: NO_DATE,
    end_promotion: NO_DATE,
    brand: product.brand,
    brand_id: '4',
    model: '',
    weight: String(first?.variant.weightGrams ?? 0),
    length: '30',
    width: '25',
    height: '3',
    stock: String(variants.reduce((sum, { stock }) => sum + stock, 0)),
    category_id: categories[0] ?? '0',
    available: product.isPublished ? '1' : '0',
    availability: 'Imediata',
    reference: first?.variant.sku ?? '',
    has_variation: product.options.length > 0 ? '1' : '0',
    rating: '0',
    count_rating: '0',
    quantity_sold: '0',
    url: { http: '', https: `https://www.lojaaurora.com.br/p/${productId(product.id)}` },
    created: timeText(product.createdAt),
    Properties: propertiesOf(at),
    payment_option_details: [
      { display_name: 'Pix', type: 'pix', plots: '1', value: decimal(price), tax: '0.00' },
    ],
    related_categories: categories.slice(1),
    release_date: '',
    virtual_product: product.kind === 'gift_card' ? '1' : '',
    minimum_stock: '0',
    free_shipping: '0',
    metatag: [],
    upon_request: '0',
    available_for_purchase: '1',
    all_categories: categories.length === 0 ? '0' : categories,
    ProductImage: [{ http: '', https: `https://images.tcdn.com.br/${product.id}.jpg`, thumbs: {} }],
    Variant:
      product.options.length === 0
        ? []
        : variants.map(({ variant }) => ({ id: variantId(variant.id) })),
    AdditionalInfos: [],
  };
}

function promotionOf(at: VariantAt | undefined): number {
  return at === undefined || at.price === at.listPrice ? 0 : at.price;
}

function propertiesOf({ product, variants }: ProductAt) {
  if (product.options.length === 0) return [];
  return Object.fromEntries(
    product.options.map((option, index) => {
      const values = variants.map(({ variant }) => variant.values[index] ?? '');
      return [option, [...new Set(values)]];
    }),
  );
}

/** A record of `/products/variants`. */
export function variantRecord(at: VariantAt, options: readonly string[], order: number) {
  const { variant, listPrice, cost, stock } = at;
  return {
    id: variantId(variant.id),
    ean: variant.barcode,
    order: String(order),
    product_id: productId(variant.productId),
    price: decimal(listPrice),
    cost_price: decimal(cost),
    stock: String(stock),
    minimum_stock: '0',
    reference: variant.sku,
    weight: String(variant.weightGrams),
    length: '30',
    width: '25',
    height: '3',
    start_promotion: NO_DATE,
    end_promotion: NO_DATE,
    promotional_price: decimal(promotionOf(at)),
    available: '1',
    Sku: options.map((type, index) => ({
      type,
      value: variant.values[index] ?? '',
      image: '',
      image_secure: '',
    })),
    VariantImage: [],
  };
}

/** A record of `/discount_coupons`. */
export function couponRecord(coupon: Coupon) {
  const { id, code, kind, value, minimum, startsAt, endsAt } = coupon;
  return {
    id: couponId(id),
    code,
    description: '',
    starts_at: dateText(startsAt),
    ends_at: endsAt === undefined ? NO_DATE : dateText(endsAt),
    value: kind === 'percentage' ? value.toFixed(2) : decimal(value),
    type: kind === 'percentage' ? '%' : '$',
    value_start: decimal(minimum),
    value_end: '0.00',
    usage_sum_limit: '0.00',
    usage_counter_limit: '0',
    usage_counter_limit_customer: '0',
    cumulative_discount: '0',
    coupon_type: 'loja',
    local_application: 'loja',
    freight_application: 'nao_aplicavel',
  };
}
