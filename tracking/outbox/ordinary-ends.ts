import type { Judgement } from './judge.ts';

type OwnCode = Extract<Judgement, { readonly verdict: 'dead' }>['code'];

/** Orders of before the destination was set up, of persons who are erased, unknown or do not agree, and of nothing. */
const OWN: readonly OwnCode[] = [
  'too_old',
  'erased',
  'consent_unknown',
  'consent_denied',
  'consent_revoked',
  'cancelled',
  'not_in_model',
  'no_identifiers',
  'insufficient_user_data',
];
/** Google's words for an order that none of its ads led to. */
const NO_AD_CLICK = ['EVENT_NOT_FOUND', 'CLICK_NOT_FOUND'];

const ORDINARY: ReadonlySet<string> = new Set([...OWN, ...NO_AD_CLICK]);

/** Whether an event that is given up for this reason is nothing that anybody has to look at. */
export function isOrdinaryEnd(code: string): boolean {
  return ORDINARY.has(code);
}
