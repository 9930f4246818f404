import type { JsonRecord } from '../../connectors/sdk/json.ts';
import { ageIssue } from '../conversion/age.ts';
import type { ConsentStates } from '../conversion/consent.ts';
import type { ActionSource, Conversion, Operation } from '../conversion/conversion.ts';
import type { Built } from '../conversion/issue.ts';
import { filled, present } from '../conversion/present.ts';
import { netMoney, purchaseMoney } from '../conversion/purchase.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import { rfc3339 } from '../conversion/time.ts';
import { countryCode } from '../identity/country.ts';
import type { GoogleField } from '../identity/google.ts';
import { googleIdentifier, googlePostalCode, googleRegionCode } from '../identity/google.ts';
import { cleaned } from '../identity/text.ts';

const SOURCES: Readonly<Record<ActionSource, string>> = {
  website: 'WEB',
  app: 'APP',
  physical_store: 'IN_STORE',
  phone_call: 'PHONE',
  chat: 'MESSAGE',
  business_messaging: 'MESSAGE',
  email: 'OTHER',
  system_generated: 'OTHER',
  other: 'OTHER',
};

export interface DataManagerEventOptions {
  readonly operation: Operation;
  readonly consent: ConsentStates;
  /** Put before the order's number. */
  readonly transactionIdPrefix: string;
  /** Milliseconds. */
  readonly now: number;
  readonly maxAgeDays: number | undefined;
}

/**
 * One event of `events`. A restatement is the same event with another value: what Google then overwrites. A
 * conversion cannot be taken back here.
 */
export function dataManagerEvent(
  conversion: Conversion,
  settings: ConversionSettings,
  options: DataManagerEventOptions,
): Built<JsonRecord> {
  const { occurredAt, orderId, actionSource } = conversion;
  if (options.operation === 'retraction') return { issue: 'retraction_not_supported' };
  const age = ageIssue(occurredAt, options.now, options.maxAgeDays);
  if (age !== undefined) return { issue: age };
  const money =
    options.operation === 'restatement'
      ? netMoney(conversion)
      : purchaseMoney(conversion, settings);
  if (typeof money === 'string') return { issue: money };
  const userIdentifiers = dataManagerIdentifiers(conversion, settings);
  const adIdentifiers = present({
    gclid: cleaned(conversion.click.gclid),
    gbraid: cleaned(conversion.click.gbraid),
    wbraid: cleaned(conversion.click.wbraid),
  });
  if (userIdentifiers.length === 0 && filled(adIdentifiers) === undefined) {
    return { issue: 'no_identifiers' };
  }
  return {
    event: present({
      transactionId: `${options.transactionIdPrefix}${orderId}`,
      eventTimestamp: rfc3339(occurredAt),
      eventSource: SOURCES[actionSource],
      currency: money.currency,
      conversionValue: money.value,
      adIdentifiers: filled(adIdentifiers),
      userData: userIdentifiers.length === 0 ? undefined : { userIdentifiers },
      consent: filled(dataManagerConsent(options.consent)),
    }),
  };
}

/** One identifier in each map; an address only with all four of its parts. */
function dataManagerIdentifiers(
  { person }: Conversion,
  { defaultCountry }: ConversionSettings,
): readonly JsonRecord[] {
  const own = cleaned(person.country);
  const country = (own === undefined ? undefined : countryCode(own)) ?? defaultCountry;
  const hash = (field: GoogleField, value: string | null | undefined) =>
    googleIdentifier(field, value, { country })?.hash;
  const address = present({
    givenName: hash('given_name', person.firstName),
    familyName: hash('family_name', person.lastName),
    regionCode: googleRegionCode(own === undefined ? undefined : countryCode(own)),
    postalCode: googlePostalCode(person.postalCode),
  });
  const identifiers = [
    { emailAddress: hash('email_address', person.email) },
    { phoneNumber: hash('phone_number', person.phone) },
    { address: Object.keys(address).length === 4 ? address : undefined },
  ];
  return identifiers.map(present).filter((identifier) => filled(identifier) !== undefined);
}

/** What is known of the person's decisions; what is not known is left out. */
export function dataManagerConsent({ adUserData, adPersonalization }: ConsentStates): JsonRecord {
  const written = { granted: 'CONSENT_GRANTED', denied: 'CONSENT_DENIED', unknown: undefined };
  return present({
    adUserData: written[adUserData],
    adPersonalization: written[adPersonalization],
  });
}
