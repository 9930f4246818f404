import type { Generated } from 'kysely';

/** What alerts keep in the target database. Times are UTC. */
export interface AlertTables {
  /** What is wrong now, by the id of its node or a name of its own; under `report` the day of the last report. */
  readonly __cortex_alerts: {
    readonly alert_key: string;
    readonly fingerprint: string;
    readonly opened_at: string;
    readonly notified_at: string;
  };
  /** The outbox: `due` waits, `sent` was taken by its channel, `dead` was given up. */
  readonly __cortex_notifications: {
    readonly id: Generated<number>;
    readonly channel: string;
    /** An `AlertMessage` as JSON. */
    readonly message: string;
    readonly status: string;
    readonly attempts: number;
    /** When it is to be sent, or when it was. */
    readonly due_at: string;
    readonly created_at: string;
    readonly claimed_by: string | null;
  };
}
