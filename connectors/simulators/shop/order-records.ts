import type { Address, Contact } from './people-records.ts';
import type { KitPart, Product, Variant } from './catalog-records.ts';
import type { Touch, Visit } from './journey-records.ts';

/** Instants are milliseconds since the Unix epoch (UTC); money is whole centavos. */

/** What was ordered and everything that will ever happen to it. `orderAt` says how it stands at an instant. */
export interface Order {
  /** From 0, in the order of placing: ids of a platform grow with it. */
  readonly index: number;
  readonly placedAt: number;
  /** Placed in the shop's own admin to try something out; to be left out of every number. */
  readonly isTest: boolean;
  /** The account that ordered; `undefined` for a guest, of whom only `contact` is known. */
  readonly accountId: number | undefined;
  /** As typed in this checkout: capitals, blanks and punctuation differ from one order to the next. */
  readonly contact: Contact;
  readonly billingAddress: Address;
  readonly shippingAddress: Address;
  /** Somebody else receives it: its name and phone must not be taken for the buyer's. */
  readonly recipient: Recipient | undefined;
  readonly lines: readonly OrderLine[];
  readonly coupon: AppliedCoupon | undefined;
  readonly payment: Payment;
  readonly shipping: Shipping;
  readonly totals: OrderTotals;
  readonly note: string | undefined;
  readonly browser: Browser;
  /** The visit in which it was placed, with the address that it began at; the last touch of its journey. */
  readonly visit: Touch;
  /** In order of time, the first being `placed`. */
  readonly events: readonly OrderEvent[];
}

export interface Recipient {
  readonly name: string;
  readonly phone: string;
}

export interface OrderLine {
  /** Unique over all orders of the shop. */
  readonly id: number;
  readonly product: Product;
  readonly variant: Variant;
  /** The product's name on the day of the order. */
  readonly name: string;
  readonly quantity: number;
  /** Price of one, before the discounts of the order. */
  readonly unitPrice: number;
  /** Price of one before a sale; the same as `unitPrice` outside of one. */
  readonly listPrice: number;
  readonly unitCost: number;
  /** What a kit consists of, for one kit; empty for everything else. The parts are not lines of their own. */
  readonly parts: readonly KitPart[];
  readonly isGiftCard: boolean;
}

export interface AppliedCoupon {
  readonly code: string;
  /** Taken off the goods. */
  readonly discount: number;
}

export interface Payment {
  readonly method: 'pix' | 'boleto' | 'card';
  readonly cardBrand: 'visa' | 'mastercard' | 'elo' | undefined;
  /** 1 for Pix and boleto. */
  readonly installments: number;
  /** The gateway's own id. */
  readonly gatewayId: string;
  /** When a Pix or boleto runs out; `undefined` for cards. */
  readonly dueAt: number | undefined;
}

export interface Shipping {
  readonly carrier: string;
  readonly service: string;
  /** What the buyer pays. */
  readonly price: number;
  /** What the shop pays. */
  readonly cost: number;
  readonly minimumDays: number;
  readonly maximumDays: number;
  /** Known once it is shipped. */
  readonly trackingCode: string;
}

/** total = subtotal − couponDiscount − paymentDiscount + shipping. */
export interface OrderTotals {
  /** Quantity times unit price over all lines. */
  readonly subtotal: number;
  readonly couponDiscount: number;
  /** Off for paying by Pix. */
  readonly paymentDiscount: number;
  readonly shipping: number;
  readonly total: number;
  /** Part of the total that is paid with a gift card. */
  readonly giftCardAmount: number;
  readonly weightGrams: number;
}

export interface Browser {
  /** An address of the documentation ranges. */
  readonly ip: string;
  readonly userAgent: string;
  readonly device: 'mobile' | 'desktop' | 'tablet';
  /** First-party cookie of the device: the same for all visits from it. */
  readonly clientId: string;
}

export type OrderEvent =
  | { readonly kind: 'placed' | 'authorized' | 'paid' | 'expired' | 'edited'; readonly at: number }
  | { readonly kind: 'shipped' | 'delivered'; readonly at: number }
  | { readonly kind: 'cancelled'; readonly at: number; readonly reason: CancelReason }
  | { readonly kind: 'refunded'; readonly at: number; readonly refund: Refund };

export type CancelReason = 'customer' | 'fraud' | 'inventory' | 'declined' | 'other';

export interface Refund {
  /** Unique over all orders of the shop. */
  readonly id: number;
  readonly lines: readonly {
    readonly line: OrderLine;
    readonly quantity: number;
    readonly amount: number;
  }[];
  readonly shippingAmount: number;
  /** Money that went back: lines, their share of discounts taken off, and shipping. */
  readonly amount: number;
  readonly isRestocked: boolean;
  readonly reason: string;
}

/** How an order stood at an instant. */
export interface OrderAt {
  readonly order: Order;
  /** The last event by then: what the platform shows as updated. */
  readonly updatedAt: number;
  readonly paymentStatus: PaymentStatus;
  readonly status: 'open' | 'closed' | 'cancelled';
  readonly fulfilment: 'unfulfilled' | 'shipped' | 'delivered';
  readonly paidAt: number | undefined;
  readonly shippedAt: number | undefined;
  readonly deliveredAt: number | undefined;
  readonly cancelledAt: number | undefined;
  readonly cancelReason: CancelReason | undefined;
  /** With their instants, oldest first. */
  readonly refunds: readonly { readonly at: number; readonly refund: Refund }[];
  readonly refundedAmount: number;
  /** Events so far. */
  readonly events: readonly OrderEvent[];
}

export type PaymentStatus =
  | 'pending'
  | 'authorized'
  | 'paid'
  | 'partially_refunded'
  | 'refunded'
  | 'voided'
  | 'expired';

/** A checkout that was begun and not finished. */
export interface Cart {
  /** From 0, in the order of starting. */
  readonly index: number;
  readonly startedAt: number;
  /** The last change of its content; nothing happens to it later. */
  readonly abandonedAt: number;
  readonly accountId: number | undefined;
  readonly contact: Contact;
  readonly shippingAddress: Address;
  readonly lines: readonly OrderLine[];
  readonly subtotal: number;
  readonly browser: Browser;
  readonly visit: Visit;
}
