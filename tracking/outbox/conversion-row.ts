import { instantText } from '../../cli/warehouse/state/utc-text.ts';
import type { ConsentState } from '../conversion/consent.ts';
import { CONSENT_STATES } from '../conversion/consent.ts';
import type { ActionSource, Conversion, ConversionItem } from '../conversion/conversion.ts';
import { ACTION_SOURCES } from '../conversion/conversion.ts';
import { instantMs } from '../conversion/time.ts';
import { splitName } from '../identity/names.ts';
import type { ConversionRow } from './conversion-columns.ts';

/** Of every month, any time of a day: what a server writes of most times. */
const PLAIN_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?$/;

/** When the order of a row was made, as a server takes it in UTC; `undefined` for no time. */
export function occurredText({ occurred_at: written }: ConversionRow): string | undefined {
  if (typeof written === 'string' && PLAIN_TIME.test(written)) return written;
  const ms = time(written);
  return ms === undefined ? undefined : instantText(ms);
}

/** A row of the model, with its customer, as a conversion. Times without an offset are UTC. */
export function conversionOf(row: ConversionRow): Conversion {
  return {
    orderId: row.order_id ?? '',
    occurredAt: time(row.occurred_at) ?? Number.NaN,
    actionSource: actionSource(row.action_source),
    eventSourceUrl: row.event_source_url ?? undefined,
    currency: row.currency ?? undefined,
    total: row.total ?? undefined,
    netTotal: row.net_total ?? undefined,
    changedAt: time(row.changed_at),
    items: itemsOf(row.items),
    person: personOf(row),
    click: {
      fbclid: row.fbclid,
      fbc: row.fbc,
      fbp: row.fbp,
      gclid: row.gclid,
      gbraid: row.gbraid,
      wbraid: row.wbraid,
      ttclid: row.ttclid,
      ttp: row.ttp,
      clickedAt: time(row.clicked_at),
    },
    consent: {
      marketing: consentState(row.consent_marketing),
      adUserData: consentState(row.consent_ad_user_data ?? row.consent_marketing),
      adPersonalization: consentState(row.consent_ad_personalization),
      recordedAt: time(row.consent_recorded_at),
      revokedAt: time(row.consent_revoked_at),
      regrantedAt: time(row.consent_regranted_at),
      isErased: isTrue(row.is_erased),
    },
  };
}

export function isTrue(value: string | null | undefined): boolean {
  return value !== null && value !== undefined && value !== '0' && value !== '';
}

function personOf(row: ConversionRow): Conversion['person'] {
  const split = splitName(row.full_name);
  return {
    customerId: row.customer_id,
    email: row.email,
    phone: row.phone,
    firstName: row.first_name ?? split.first,
    lastName: row.last_name ?? split.last,
    birthDate: row.birth_date,
    gender: row.gender,
    city: row.city,
    state: row.state,
    postalCode: row.postal_code,
    country: row.country,
    ip: row.ip,
    userAgent: row.user_agent,
  };
}

function time(written: string | null | undefined): number | undefined {
  return written === null || written === undefined ? undefined : instantMs(written, 'UTC');
}

function actionSource(written: string | null | undefined): ActionSource {
  return ACTION_SOURCES.find((source) => source === written) ?? 'website';
}

function consentState(written: string | null | undefined): ConsentState {
  return CONSENT_STATES.find((state) => state === written) ?? 'unknown';
}

/** A column that is no list of items is none: the event goes without its items. */
function itemsOf(written: string | null | undefined): readonly ConversionItem[] {
  const list = written === null || written === undefined ? undefined : parsed(written);
  if (!Array.isArray(list)) return [];
  const items = list.map(itemOf);
  return items.every((item) => item !== undefined) ? items : [];
}

/** Read by hand: a schema took longer than all else that is done for a row. */
function itemOf(value: unknown): ConversionItem | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, name, category, quantity, unit_price: unitPrice } = value as Record<string, unknown>;
  const count = Number(quantity);
  const isItem =
    isScalar(id) && isScalar(quantity) && isScalar(unitPrice) && count >= 0 && count < Infinity;
  if (!isItem || !isName(name) || !isName(category)) return undefined;
  return {
    id: String(id),
    name: name ?? undefined,
    category: category ?? undefined,
    quantity: count,
    unitPrice: String(unitPrice),
  };
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isName(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
