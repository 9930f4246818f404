import type { ConsentScope } from '../conversion/consent.ts';

/** What differs between the APIs as far as the outbox is concerned. */
export interface DestinationKind {
  /** Events in one request at most. */
  readonly batchSize: number;
  readonly consentScope: ConsentScope;
  /** An event's id is known for 48 hours only. */
  readonly forgetsIds: boolean;
  /** A changed value can be told. */
  readonly takesRestatements: boolean;
  readonly takesRetractions: boolean;
}

export const DESTINATION_KINDS = {
  'meta-capi': {
    batchSize: 1_000,
    consentScope: 'marketing',
    forgetsIds: true,
    takesRestatements: false,
    takesRetractions: false,
  },
  'google-data-manager': {
    batchSize: 2_000,
    consentScope: 'google',
    forgetsIds: false,
    takesRestatements: true,
    takesRetractions: false,
  },
  'google-ads': {
    batchSize: 2_000,
    consentScope: 'google',
    forgetsIds: false,
    takesRestatements: true,
    takesRetractions: true,
  },
  'tiktok-events': {
    batchSize: 1_000,
    consentScope: 'marketing',
    forgetsIds: true,
    takesRestatements: false,
    takesRetractions: false,
  },
} as const satisfies Readonly<Record<string, DestinationKind>>;

export type DestinationKindName = keyof typeof DESTINATION_KINDS;
