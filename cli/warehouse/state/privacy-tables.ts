/** What Cortex keeps of requests about personal data: nothing that names anybody. Times are UTC. */
export interface PrivacyTables {
  /** The record of what was done, and by whom. */
  readonly __cortex_privacy_requests: {
    readonly request_id: string;
    /** `erase`, `export`, `retain`. */
    readonly action: string;
    /** Why: `person`, or the rule of a stream. */
    readonly rule: string;
    /** HMAC of what was given to find the person by; null where the request is about no single person. */
    readonly subject: string | null;
    readonly requested_by: string;
    readonly started_at: string;
    readonly finished_at: string | null;
    /** `running`, `done`, `incomplete`. */
    readonly status: string;
    /** JSON: counts by what was done. */
    readonly figures: string | null;
  };
  /** By what persons who were erased are known again: an HMAC with a secret that is not in the database. */
  readonly __cortex_privacy_erased: {
    readonly digest: string;
    readonly request_id: string;
    /** Tells that a secret is the one of the digest. */
    readonly secret_check: string;
  };
}
