/** `required`: only who agreed. `legitimate_interest`: also who was never asked; never who refused. */
export type ConsentPolicy = 'required' | 'legitimate_interest';

export const CONSENT_STATES = ['granted', 'denied', 'unknown'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** What a person decided. Instants are milliseconds since the Unix epoch. */
export interface Consent {
  readonly marketing: ConsentState;
  readonly adUserData: ConsentState;
  readonly adPersonalization: ConsentState;
  readonly recordedAt: number | undefined;
  readonly revokedAt: number | undefined;
  readonly regrantedAt: number | undefined;
  /** The person had their data erased. */
  readonly isErased: boolean;
}

export type ConsentReason = 'consent_unknown' | 'consent_denied' | 'consent_revoked' | 'erased';

/** The purposes that have to be agreed to: Google asks for the use of user data by itself. */
export type ConsentScope = 'marketing' | 'google';

export type ConsentDecision =
  | { readonly isAllowed: true; readonly states: ConsentStates }
  | { readonly isAllowed: false; readonly reason: ConsentReason };

export interface ConsentStates {
  readonly adUserData: ConsentState;
  readonly adPersonalization: ConsentState;
}

/** Whether an event may be sent at `now`: to be asked right before sending, whatever held when it was queued. */
export function decideConsent(
  consent: Consent,
  options: { readonly policy: ConsentPolicy; readonly scope: ConsentScope; readonly now: number },
): ConsentDecision {
  if (consent.isErased) return { isAllowed: false, reason: 'erased' };
  const latest = latestWord(consent, options.now);
  if (latest === 'revoked') return { isAllowed: false, reason: 'consent_revoked' };
  const states = latest === 'regranted' ? ALL_GRANTED : latest === 'none' ? UNKNOWN : consent;
  const asked =
    options.scope === 'google' ? [states.marketing, states.adUserData] : [states.marketing];
  if (asked.includes('denied')) return { isAllowed: false, reason: 'consent_denied' };
  if (options.policy === 'required' && asked.includes('unknown')) {
    return { isAllowed: false, reason: 'consent_unknown' };
  }
  const { adUserData, adPersonalization } = states;
  return { isAllowed: true, states: { adUserData, adPersonalization } };
}

const ALL_GRANTED = {
  marketing: 'granted',
  adUserData: 'granted',
  adPersonalization: 'granted',
} as const;
const UNKNOWN = {
  marketing: 'unknown',
  adUserData: 'unknown',
  adPersonalization: 'unknown',
} as const;

/** What was said last before `now`; a refusal wins over what was said at the same instant. */
function latestWord(
  { recordedAt, revokedAt, regrantedAt }: Consent,
  now: number,
): 'recorded' | 'revoked' | 'regranted' | 'none' {
  const words = [
    { word: 'regranted' as const, at: regrantedAt },
    { word: 'recorded' as const, at: recordedAt ?? Number.NEGATIVE_INFINITY },
    { word: 'revoked' as const, at: revokedAt },
  ];
  let latest: { word: 'recorded' | 'revoked' | 'regranted' | 'none'; at: number } | undefined;
  for (const { word, at } of words) {
    if (at !== undefined && at <= now && (latest === undefined || at >= latest.at)) {
      latest = { word, at };
    }
  }
  return latest?.word ?? 'none';
}
