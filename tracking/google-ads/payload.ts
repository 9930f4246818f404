import type { JsonRecord } from '../../connectors/sdk/json.ts';
import { ageIssue } from '../conversion/age.ts';
import type { ConsentStates } from '../conversion/consent.ts';
import type { Conversion, Operation } from '../conversion/conversion.ts';
import type { Built } from '../conversion/issue.ts';
import { filled, present } from '../conversion/present.ts';
import { netMoney, purchaseMoney } from '../conversion/purchase.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import { googleAdsTime } from '../conversion/time.ts';
import { countryCode } from '../identity/country.ts';
import type { GoogleField } from '../identity/google.ts';
import { googleIdentifier, googlePostalCode, googleRegionCode } from '../identity/google.ts';
import { cleaned } from '../identity/text.ts';
import { digits } from './account-id.ts';

/** Days after a conversion in which it can be adjusted. */
const ADJUSTABLE_DAYS = 54;

export interface GoogleAdsEventOptions {
  readonly operation: Operation;
  readonly consent: ConsentStates;
  readonly customerId: string;
  readonly conversionActionId: string;
  /** Put before the order's number. */
  readonly transactionIdPrefix: string;
  /** Milliseconds. */
  readonly now: number;
  readonly maxAgeDays: number | undefined;
}

/** One element of `conversions` or `conversionAdjustments`. */
export function googleAdsEvent(
  conversion: Conversion,
  settings: ConversionSettings,
  options: GoogleAdsEventOptions,
): Built<JsonRecord> {
  const isClick = options.operation === 'conversion';
  const maxDays = isClick ? options.maxAgeDays : ADJUSTABLE_DAYS;
  const age = ageIssue(conversion.occurredAt, options.now, maxDays);
  if (age !== undefined) return { issue: age };
  switch (options.operation) {
    case 'conversion':
      return clickConversion(conversion, settings, options);
    case 'enhancement':
      return enhancement(conversion, settings, options);
    case 'restatement':
      return restatement(conversion, settings, options);
    case 'retraction':
      return {
        event: { adjustmentType: 'RETRACTION', ...adjusted(conversion, settings, options) },
      };
  }
}

function clickConversion(
  conversion: Conversion,
  settings: ConversionSettings,
  options: GoogleAdsEventOptions,
): Built<JsonRecord> {
  const money = purchaseMoney(conversion, settings);
  if (typeof money === 'string') return { issue: money };
  const { gbraid, wbraid, gclid } = conversion.click;
  const click = present({
    gclid: cleaned(gclid),
    gbraid: cleaned(gbraid),
    wbraid: cleaned(wbraid),
  });
  if ('gbraid' in click && 'wbraid' in click) return { issue: 'gbraid_wbraid_both_set' };
  const userIdentifiers = contacts(conversion, settings);
  if (filled(click) === undefined && userIdentifiers.length === 0) {
    return { issue: 'no_identifiers' };
  }
  const { adUserData } = options.consent;
  return {
    event: present({
      // One click id at most; gclid says most.
      ...('gclid' in click ? { gclid: click['gclid'] } : click),
      conversionAction: conversionAction(options),
      conversionDateTime: googleAdsTime(conversion.occurredAt, settings.timeZone),
      conversionValue: money.value,
      currencyCode: money.currency,
      orderId: transactionId(conversion, options),
      userIdentifiers: filled(userIdentifiers),
      consent: adUserData === 'unknown' ? undefined : { adUserData: adUserData.toUpperCase() },
    }),
  };
}

function enhancement(
  conversion: Conversion,
  settings: ConversionSettings,
  options: GoogleAdsEventOptions,
): Built<JsonRecord> {
  const userIdentifiers = [...contacts(conversion, settings), ...addressInfo(conversion, settings)];
  if (userIdentifiers.length === 0) return { issue: 'no_identifiers' };
  return {
    event: present({
      adjustmentType: 'ENHANCEMENT',
      conversionAction: conversionAction(options),
      orderId: transactionId(conversion, options),
      userAgent: cleaned(conversion.person.userAgent),
      userIdentifiers,
    }),
  };
}

function restatement(
  conversion: Conversion,
  settings: ConversionSettings,
  options: GoogleAdsEventOptions,
): Built<JsonRecord> {
  const money = netMoney(conversion);
  if (typeof money === 'string') return { issue: money };
  return {
    event: {
      adjustmentType: 'RESTATEMENT',
      ...adjusted(conversion, settings, options),
      restatementValue: { adjustedValue: money.value, currencyCode: money.currency },
    },
  };
}

/** What restatements and retractions share; each needs another time than the one before. */
function adjusted(
  conversion: Conversion,
  settings: ConversionSettings,
  options: GoogleAdsEventOptions,
): JsonRecord {
  return {
    conversionAction: conversionAction(options),
    orderId: transactionId(conversion, options),
    adjustmentDateTime: googleAdsTime(conversion.changedAt ?? options.now, settings.timeZone),
  };
}

function conversionAction({ customerId, conversionActionId }: GoogleAdsEventOptions): string {
  return `customers/${digits(customerId)}/conversionActions/${conversionActionId}`;
}

function transactionId(
  { orderId }: Conversion,
  { transactionIdPrefix }: GoogleAdsEventOptions,
): string {
  return `${transactionIdPrefix}${orderId}`;
}

function hasher({ person }: Conversion, { defaultCountry }: ConversionSettings) {
  const own = cleaned(person.country);
  const country = (own === undefined ? undefined : countryCode(own)) ?? defaultCountry;
  return (field: GoogleField, value: string | null | undefined) =>
    googleIdentifier(field, value, { country })?.hash;
}

/** E-mail and telephone: all that uploads of clicks take. */
function contacts(conversion: Conversion, settings: ConversionSettings): readonly JsonRecord[] {
  const hash = hasher(conversion, settings);
  return [
    { hashedEmail: hash('email_address', conversion.person.email) },
    { hashedPhoneNumber: hash('phone_number', conversion.person.phone) },
  ]
    .map(present)
    .filter((identifier) => filled(identifier) !== undefined);
}

/** An address with both names, a country and a postal code, or nothing. */
function addressInfo(conversion: Conversion, settings: ConversionSettings): readonly JsonRecord[] {
  const { person } = conversion;
  const hash = hasher(conversion, settings);
  const own = cleaned(person.country);
  const address = present({
    hashedFirstName: hash('given_name', person.firstName),
    hashedLastName: hash('family_name', person.lastName),
    countryCode: googleRegionCode(own === undefined ? undefined : countryCode(own)),
    postalCode: googlePostalCode(person.postalCode),
  });
  return Object.keys(address).length === 4 ? [{ addressInfo: address }] : [];
}
