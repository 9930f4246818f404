/** Money is whole centavos, instants are milliseconds since the Unix epoch (UTC). */
export interface Category {
  /** From 1. */
  readonly id: number;
  readonly name: string;
  readonly handle: string;
  /** 0 at the top. */
  readonly parentId: number;
  readonly createdAt: number;
}

/** A product with everything that will ever change about it. `productAt` says how it stands. */
export interface Product {
  /** From 1. */
  readonly id: number;
  readonly handle: string;
  readonly brand: string;
  readonly description: string;
  readonly categoryIds: readonly number[];
  readonly kind: 'simple' | 'kit' | 'gift_card';
  readonly options: readonly string[];
  readonly variants: readonly Variant[];
  /** What one kit consists of; empty for everything else. */
  readonly parts: readonly KitPart[];
  readonly createdAt: number;
  /** Taken out of the catalogue for good; its old order lines stay. */
  readonly deletedAt: number | undefined;
  readonly isPublished: boolean;
  readonly tags: readonly string[];
}

export interface Variant {
  /** From 1, over all products. */
  readonly id: number;
  readonly productId: number;
  readonly sku: string;
  readonly barcode: string;
  /** One value for each option of the product: `['M', 'Preto']`. */
  readonly values: readonly string[];
  readonly weightGrams: number;
}

export interface KitPart {
  readonly variant: Variant;
  readonly quantity: number;
}

/** How a product stood at an instant. */
export interface ProductAt {
  readonly product: Product;
  readonly name: string;
  readonly updatedAt: number;
  readonly variants: readonly VariantAt[];
}

export interface VariantAt {
  readonly variant: Variant;
  readonly price: number;
  /** The price before a sale; the same as `price` outside of one. */
  readonly listPrice: number;
  readonly cost: number;
  readonly stock: number;
}

export interface Coupon {
  /** From 1. */
  readonly id: number;
  readonly code: string;
  readonly kind: 'percentage' | 'absolute';
  /** Per cent, or centavos. */
  readonly value: number;
  /** Centavos of goods that it needs; 0 for none. */
  readonly minimum: number;
  readonly startsAt: number;
  readonly endsAt: number | undefined;
}
