import type { ExternalIdKind } from '../identity/external-id.ts';
import type { ConsentPolicy } from './consent.ts';

/** What all destinations of a project share. */
export interface ConversionSettings {
  /** IANA zone of the store, for times that are sent as local ones. */
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2: of telephone numbers, states and postal codes without a country. */
  readonly defaultCountry: string;
  /** `purchase.{order_id}`: the id that the browser's tag sends too. */
  readonly eventIdTemplate: string;
  /** What the value of a purchase is: all that was paid, or the sum of its items. */
  readonly valueBasis: 'total' | 'items';
  readonly consentPolicy: ConsentPolicy;
  readonly externalIdKind: ExternalIdKind;
}

/** The id of an order's event, the same in the browser and on the server. */
export function eventId(template: string, orderId: string): string {
  return template.replaceAll('{order_id}', orderId);
}
