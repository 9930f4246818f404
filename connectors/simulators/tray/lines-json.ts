import type { OrderLine } from '../shop/order-records.ts';
import type { Product, Variant } from '../shop/catalog-records.ts';
import { decimal } from '../shop/money.ts';
import { categoryId, lineId, orderId, productId, variantId } from './ids.ts';

/** A line as Tray has it: the parts of a kit stand beside the kit, at no price. */
export interface TrayLine {
  readonly id: string;
  /** The number of its order. */
  readonly orderIndex: number;
  readonly line: OrderLine;
  readonly variant: Variant;
  readonly product: Product;
  readonly name: string;
  readonly quantity: number;
  readonly price: number;
  readonly cost: number;
  /** The kit that it is a part of. */
  readonly kit: Product | undefined;
}

export function linesOf(orderIndex: number, lines: readonly OrderLine[]): readonly TrayLine[] {
  return lines.flatMap((line) => [
    whole(orderIndex, line),
    ...line.parts.map((part, index) => partOf(orderIndex, line, part, index)),
  ]);
}

function whole(orderIndex: number, line: OrderLine): TrayLine {
  const { id, product, variant, name, quantity, unitPrice: price, unitCost: cost } = line;
  const kit = undefined;
  return { id: lineId(id), orderIndex, line, product, variant, name, quantity, price, cost, kit };
}

function partOf(
  orderIndex: number,
  line: OrderLine,
  part: OrderLine['parts'][number],
  index: number,
): TrayLine {
  return {
    id: lineId(line.id, index + 1),
    orderIndex,
    line,
    product: line.product,
    variant: part.variant,
    name: part.variant.sku,
    quantity: part.quantity * line.quantity,
    price: 0,
    cost: 0,
    kit: line.product,
  };
}

/** A record of `ProductsSold` in the complete order. */
export function completeLine(row: TrayLine) {
  const { line, variant, product, orderIndex, kit } = row;
  return {
    product_kit_id: kit === undefined ? '0' : productId(kit.id),
    product_kit_id_kit: '0',
    id_campaign: '0',
    ...soldLine(row),
    order_id: orderId(orderIndex),
    original_name: row.name,
    virtual_product: line.isGiftCard ? '1' : '0',
    ean: variant.barcode,
    Sku: product.options.map((type, index) => ({ type, value: variant.values[index] ?? '' })),
    cost_price: decimal(row.cost),
    weight: String(variant.weightGrams),
    brand: product.brand,
    text_variant: variant.values.join(' '),
    is_giveaway: '',
    ProductSoldImage: [],
    Category: product.categoryIds.map((id, index) => ({
      id: categoryId(id),
      name: `Categoria ${id}`,
      main_category: index === 0 ? '1' : '0',
    })),
    Discount: [],
    Stock: { id: '1', name: 'Loja' },
  };
}

/** A record of `/products_solds`. */
export function soldLine(row: TrayLine) {
  const { line, variant, orderIndex, kit } = row;
  const hasVariants = kit === undefined && variant.values.length > 0;
  return {
    id: row.id,
    product_id: productId(variant.productId),
    order_id: orderId(orderIndex),
    name: row.name,
    price: decimal(row.price),
    original_price: decimal(kit === undefined ? line.listPrice : 0),
    quantity: String(row.quantity),
    model: '',
    reference: variant.sku,
    variant_id: hasVariants ? variantId(variant.id) : '0',
    additional_information: '',
  };
}
