export type Severity = 'error' | 'warning';

/** One kind of message a user can meet. */
export interface CodeEntry {
  readonly slug: string;
  readonly severity: Severity;
  /** One line for the table of `docs/errors.md`. */
  readonly title: string;
  /** What happened, why, and what to do: printed by `cortex explain` and in `docs/errors.md`. */
  readonly explain: string;
}

export function errorCode(slug: string, title: string, explain: string): CodeEntry {
  return { slug, severity: 'error', title, explain };
}

export function warningCode(slug: string, title: string, explain: string): CodeEntry {
  return { slug, severity: 'warning', title, explain };
}
