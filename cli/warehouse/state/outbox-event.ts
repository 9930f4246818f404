/** An event to be sent. */
export interface QueuedEvent {
  readonly eventName: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly operation: string;
  readonly revision: number;
  /** As the server takes it, in UTC: `2026-11-22 15:00:00`. */
  readonly occurredAt: string;
}

/** A row that a worker holds. */
export interface ClaimedEvent extends Omit<QueuedEvent, 'occurredAt'> {
  readonly id: number;
  readonly attempts: number;
  /** Milliseconds since the Unix epoch. */
  readonly unknownSince: number | undefined;
}

/** What was last said about an event. */
export interface LastRevision {
  readonly revision: number;
  readonly operation: string;
  readonly status: string;
  /** Decimal text. */
  readonly sentValue: string | undefined;
  /** Why it is as it is, or what is to be known of it. */
  readonly code: string | undefined;
}

/** A delivered conversion of an order that was cancelled, at a platform that takes nothing back. */
export const NOT_RETRACTED = 'not_retracted';

/** What becomes of a row: `undefined` leaves a column as it is, null empties it. */
export interface EventChange {
  readonly status: 'due' | 'held' | 'delivered' | 'dead';
  readonly code: string | null;
  readonly isAttempt: boolean;
  readonly dueAt?: number | undefined;
  readonly sentAt?: number | undefined;
  readonly requestId?: string | undefined;
  readonly isOutcomeKnown?: boolean | undefined;
}

/** What goes out, kept before it does. */
interface Sending {
  /** Decimal text. */
  readonly value: string | undefined;
  readonly identifiers: string;
}

export interface SentEvent extends Sending {
  readonly id: number;
}

/** An event that goes out right after it is queued; without `sending` it will not. */
export interface NewEvent {
  readonly event: QueuedEvent;
  readonly sending: Sending | undefined;
}
