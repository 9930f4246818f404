import type { ClaimedEvent, QueuedEvent } from '../../cli/warehouse/state/outbox-event.ts';
import type { ConsentReason } from '../conversion/consent.ts';
import { decideConsent } from '../conversion/consent.ts';
import type { Operation } from '../conversion/conversion.ts';
import type { IssueCode } from '../conversion/issue.ts';
import { centsText, cents, purchaseCents } from '../conversion/money.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import type { ConversionRow } from './conversion-columns.ts';
import { conversionOf, isTrue } from './conversion-row.ts';
import type { Destination } from './destination.ts';
import { identifierKinds } from './identifiers.ts';
import { DESTINATION_KINDS } from './kinds.ts';
import { isResendable } from './retry.ts';

/** What is known about a row right before it is sent. */
export type Judgement =
  | {
      readonly verdict: 'send';
      /** JSON in UTF-8: as a text it would be copied from one generation of the heap to the next until it is sent. */
      readonly event: Uint8Array;
      /** Decimal text, to be compared with later values. */
      readonly value: string | undefined;
      readonly identifiers: string;
    }
  /** Not now: the person did not agree, and may still. */
  | { readonly verdict: 'held'; readonly code: ConsentReason }
  | {
      readonly verdict: 'dead';
      readonly code: IssueCode | ConsentReason | 'unknown_outcome' | 'cancelled' | 'not_in_model';
    };

export interface JudgeContext {
  readonly destination: Pick<Destination, 'kind' | 'build'>;
  readonly settings: ConversionSettings;
  /** Whether the customer of a row was erased; nobody was where it is not given. */
  readonly isErased?: ((row: ConversionRow) => boolean) | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** What of an event decides whether it may go. */
export type Judgeable = Pick<QueuedEvent, 'operation'> &
  Partial<Pick<ClaimedEvent, 'unknownSince'>>;

/** The order of checks at send time: suppression and consent, then age and whether the event is whole. */
export function judge(
  queued: Judgeable,
  row: ConversionRow | undefined,
  { destination, settings, isErased, now }: JudgeContext,
): Judgement {
  const kind = DESTINATION_KINDS[destination.kind];
  if (!isResendable(queued.unknownSince, now, kind.forgetsIds)) {
    return { verdict: 'dead', code: 'unknown_outcome' };
  }
  if (row === undefined) return { verdict: 'dead', code: 'not_in_model' };
  if (isErased?.(row) === true) return { verdict: 'dead', code: 'erased' };
  const isCancelled = isTrue(row.is_cancelled);
  const isFirst = queued.operation === 'conversion' || queued.operation === 'enhancement';
  if (isCancelled && isFirst) {
    return { verdict: 'dead', code: 'cancelled' };
  }
  const conversion = conversionOf(row);
  const { consentPolicy: policy } = settings;
  const decision = decideConsent(conversion.consent, { policy, scope: kind.consentScope, now });
  const operation = queued.operation as Operation;
  const consent = decision.isAllowed
    ? decision.states
    : ({ adUserData: 'unknown', adPersonalization: 'unknown' } as const);
  const built = destination.build(conversion, { operation, settings, now, consent });
  if (!decision.isAllowed) {
    // Somebody who agrees later may still be sent, while the event is young enough.
    const isOver = decision.reason === 'erased' || built.issue === 'too_old';
    return { verdict: isOver ? 'dead' : 'held', code: decision.reason };
  }
  if (built.issue !== undefined) return { verdict: 'dead', code: built.issue };
  const value = isFirst ? purchaseCents(conversion, settings) : netCents(row.net_total);
  return {
    verdict: 'send',
    event: Buffer.from(JSON.stringify(built.event)),
    value: value === undefined ? undefined : centsText(value),
    identifiers: identifierKinds(built.event),
  };
}

function netCents(written: string | null | undefined): bigint | undefined {
  return written === null || written === undefined ? undefined : cents(written);
}
