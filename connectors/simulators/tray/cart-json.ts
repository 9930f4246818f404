import type { Cart, OrderLine } from '../shop/order-records.ts';
import { decimal } from '../shop/money.ts';
import { dateText, hourText } from './answers.ts';
import { customerId, productId, variantId } from './ids.ts';

/** A line of a cart: the record of `/carts`. */
export interface CartLine {
  readonly cart: Cart;
  readonly line: OrderLine;
}

export function cartRecord({ cart, line }: CartLine) {
  const { variant, product } = line;
  return {
    email: cart.accountId === undefined ? cart.contact.email : '',
    variants_kit: '',
    additional_info_kit: '',
    session_id: `cart${cart.index}`,
    product_id: productId(product.id),
    product_name: line.name,
    quantity: String(line.quantity),
    price: decimal(line.unitPrice),
    weight: String(variant.weightGrams),
    date: dateText(cart.abandonedAt),
    variant_id: variant.values.length === 0 ? '0' : variantId(variant.id),
    additional_information: '',
    user_id: '0',
    customer_id: cart.accountId === undefined ? '0' : customerId(cart.accountId),
    user_cod: '0',
    hour: hourText(cart.abandonedAt),
    product_url: { http: '', https: '' },
    product_image: { http: '', https: '', thumbs: {} },
  };
}
