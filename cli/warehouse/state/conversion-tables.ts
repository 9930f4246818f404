import type { Generated } from 'kysely';

/** What Cortex keeps about conversions that are sent to platforms: no personal data. Times are UTC. */
export interface ConversionTables {
  /** The outbox: one row per destination, event and revision. */
  readonly __cortex_conversions: {
    readonly id: Generated<number>;
    readonly destination: string;
    readonly event_name: string;
    /** `purchase.1001`. */
    readonly event_id: string;
    /** 0 is the conversion, later ones what was said about it afterwards. */
    readonly revision: number;
    readonly operation: string;
    readonly order_id: string;
    /** `due`, `held` (no consent yet), `delivered`, `dead`. */
    readonly status: string;
    /** The last reason or the platform's code. */
    readonly code: string | null;
    readonly attempts: number;
    readonly occurred_at: string;
    readonly queued_at: string;
    /** Of what waits; null for what is over, or goes out as soon as it is queued. */
    readonly due_at: string | null;
    readonly claimed_by: string | null;
    readonly claimed_until: string | null;
    /** When it was first sent without an answer that says what became of it. */
    readonly unknown_since: string | null;
    readonly sent_at: string | null;
    readonly sent_value: string | null;
    /** The platform's name for the request. */
    readonly request_id: string | null;
    /** Kinds of identifiers that were sent: `em,ph,click_id`. */
    readonly identifiers: string | null;
  };
  /** Workers that may hold events without a time at which they are due. */
  readonly __cortex_conversion_workers: {
    readonly destination: string;
    readonly worker: string;
    /** No event is held longer. */
    readonly held_until: string;
    /** When what it held was made due, as it had not come back. */
    readonly taken_back_at: string | null;
  };
  /** What platforms said about requests after they had taken them. */
  readonly __cortex_conversion_requests: {
    readonly destination: string;
    readonly request_id: string;
    readonly state: string;
    readonly events: number;
    readonly refused: number;
    readonly code: string | null;
    readonly answered_at: string;
  };
  /** Destinations that stopped. */
  readonly __cortex_conversion_destinations: {
    readonly destination: string;
    readonly state: string;
    readonly code: string | null;
    readonly since: string;
  };
}
