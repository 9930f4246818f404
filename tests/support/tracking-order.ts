import type { ConversionSettings } from '../../tracking/conversion/settings.ts';
import type { Conversion, Operation } from '../../tracking/conversion/conversion.ts';
import type { ConsentState } from '../../tracking/conversion/consent.ts';
import { decideConsent } from '../../tracking/conversion/consent.ts';
import { instantMs } from '../../tracking/conversion/time.ts';
import { splitName } from '../../tracking/identity/names.ts';

type Text = string | null | undefined;

export interface FixtureConfig {
  readonly store: { readonly timezone: string; readonly default_country: string };
  readonly event_id_template: string;
  readonly value_basis: 'total' | 'items';
  readonly consent_policy: 'required' | 'legitimate_interest';
  readonly meta: {
    readonly pixel_id: string;
    readonly api_version: string;
    readonly test_event_code?: string;
  };
  readonly google: {
    readonly operating_account_id: string;
    readonly login_account_id: string | null;
    readonly conversion_action_id: string;
    readonly transaction_id_prefix: string;
    readonly api_version: string;
  };
  readonly tiktok: { readonly pixel_code: string; readonly test_event_code?: string };
}

export interface FixtureOrder {
  readonly order_id: string;
  readonly created_at?: string;
  readonly action_source?: Conversion['actionSource'];
  readonly event_source_url?: Text;
  readonly currency?: string;
  readonly total?: string;
  readonly items?: readonly Readonly<Record<string, string | number>>[];
  readonly customer?: Readonly<Record<string, Text>>;
  readonly address?: Readonly<Record<string, Text>>;
  readonly click?: Readonly<Record<string, Text>>;
  readonly consent?: Readonly<Record<string, string>>;
  readonly net_total?: string;
  readonly refunded_at?: string;
}

export interface PayloadCase {
  readonly operation?: Operation | 'click_conversion';
  readonly config: FixtureConfig;
  readonly order: FixtureOrder;
  readonly expected?: {
    readonly url_without_query?: string;
    readonly body: Readonly<Record<string, unknown>>;
  };
  readonly expected_issue?: { readonly code: string };
  readonly absent_paths?: readonly string[];
  readonly absent_headers?: readonly string[];
  readonly forbidden_substrings?: readonly string[];
}

/** The clock of all cases. */
export const FIXTURE_NOW = Date.parse('2026-11-23T12:00:00Z');

export function fixtureSettings(config: FixtureConfig): ConversionSettings {
  return {
    timeZone: config.store.timezone,
    defaultCountry: config.store.default_country,
    eventIdTemplate: config.event_id_template,
    valueBasis: config.value_basis,
    consentPolicy: config.consent_policy,
    externalIdKind: 'opaque',
  };
}

function state(text: string | undefined): ConsentState {
  return text === 'granted' || text === 'denied' ? text : 'unknown';
}

function at(text: Text): number | undefined {
  return typeof text === 'string' ? instantMs(text, 'UTC') : undefined;
}

export function fixtureConsent(consent: Readonly<Record<string, string>> = {}) {
  return {
    marketing: state(consent['marketing']),
    adUserData: state(consent['ad_user_data']),
    adPersonalization: state(consent['ad_personalization']),
    recordedAt: at(consent['recorded_at']),
    revokedAt: at(consent['revoked_at']),
    regrantedAt: at(consent['regranted_at']),
    isErased: false,
  };
}

/** The neutral order of the cases as a conversion. */
export function fixtureConversion(order: FixtureOrder): Conversion {
  const { customer = {}, address = {}, click = {} } = order;
  const name = splitName(customer['full_name']);
  return {
    orderId: order.order_id,
    occurredAt: at(order.created_at) ?? at(order.refunded_at) ?? FIXTURE_NOW,
    actionSource: order.action_source ?? 'website',
    eventSourceUrl: order.event_source_url ?? undefined,
    currency: order.currency,
    total: order.total,
    netTotal: order.net_total,
    changedAt: at(order.refunded_at),
    items: (order.items ?? []).map((item) => ({
      id: String(item['sku']),
      name: String(item['name']),
      category: String(item['category']),
      quantity: Number(item['quantity']),
      unitPrice: String(item['unit_price']),
    })),
    person: {
      customerId: customer['id'],
      email: customer['email'],
      phone: customer['phone'],
      firstName: name.first,
      lastName: name.last,
      birthDate: customer['birth_date'],
      gender: customer['gender'],
      city: address['city'],
      state: address['state'],
      postalCode: address['zip'],
      country: address['country'],
      ip: click['ip'],
      userAgent: click['user_agent'],
    },
    click: {
      fbclid: click['fbclid'],
      fbc: click['fbc'],
      fbp: click['fbp'],
      gclid: click['gclid'],
      gbraid: click['gbraid'],
      wbraid: click['wbraid'],
      ttclid: click['ttclid'],
      ttp: click['ttp'],
      clickedAt: at(click['clicked_at']),
    },
    consent: fixtureConsent(order.consent),
  };
}

/** What of the consent goes to Google; nothing where the case gives none. */
export function fixtureConsentStates({ order, config }: PayloadCase) {
  const decision = decideConsent(fixtureConsent(order.consent), {
    policy: order.consent === undefined ? 'legitimate_interest' : config.consent_policy,
    scope: 'google',
    now: FIXTURE_NOW,
  });
  if (!decision.isAllowed) throw new Error('the case is not to be sent');
  return decision.states;
}
