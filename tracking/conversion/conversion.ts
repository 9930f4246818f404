import type { Consent } from './consent.ts';

/** Where the customer acted, in Meta's words; the other platforms' words are made of them. */
export const ACTION_SOURCES = [
  'website',
  'app',
  'physical_store',
  'phone_call',
  'chat',
  'email',
  'system_generated',
  'business_messaging',
  'other',
] as const;
export type ActionSource = (typeof ACTION_SOURCES)[number];

/** What is told to a platform: a conversion, its new value, or that it never was. */
export type Operation = 'conversion' | 'enhancement' | 'restatement' | 'retraction';

/** One order as it is sent, with everything that identifies the customer still in clear. */
export interface Conversion {
  readonly orderId: string;
  /** Milliseconds since the Unix epoch. */
  readonly occurredAt: number;
  readonly actionSource: ActionSource;
  readonly eventSourceUrl: string | undefined;
  /** As written; checked when it is sent. */
  readonly currency: string | undefined;
  /** What the customer paid, as a decimal text. */
  readonly total: string | undefined;
  /** What is left of it after refunds, and when that changed. */
  readonly netTotal: string | undefined;
  readonly changedAt: number | undefined;
  readonly items: readonly ConversionItem[];
  readonly person: Person;
  readonly click: Click;
  readonly consent: Consent;
}

export interface ConversionItem {
  readonly id: string;
  readonly name: string | undefined;
  readonly category: string | undefined;
  readonly quantity: number;
  /** Decimal text. */
  readonly unitPrice: string;
}

type Text = string | null | undefined;

/** Personal data, in clear: read right before it is hashed, and never kept. */
export interface Person {
  readonly customerId: Text;
  readonly email: Text;
  readonly phone: Text;
  readonly firstName: Text;
  readonly lastName: Text;
  readonly birthDate: Text;
  readonly gender: Text;
  readonly city: Text;
  readonly state: Text;
  readonly postalCode: Text;
  readonly country: Text;
  readonly ip: Text;
  readonly userAgent: Text;
}

interface Click {
  readonly fbclid: Text;
  /** The cookies `_fbc` and `_fbp`. */
  readonly fbc: Text;
  readonly fbp: Text;
  readonly gclid: Text;
  readonly gbraid: Text;
  readonly wbraid: Text;
  readonly ttclid: Text;
  readonly ttp: Text;
  /** When the click was first seen; milliseconds since the Unix epoch. */
  readonly clickedAt: number | undefined;
}
