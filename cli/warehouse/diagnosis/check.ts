/** One thing that `cortex debug` looked at. */
export interface Check {
  /** `address`, `port`, `login`, `privilege: create view`. */
  readonly name: string;
  /** `fail`: Cortex cannot work like this; `warn`: it can, with a limit that the detail names. */
  readonly status: 'ok' | 'warn' | 'fail';
  /** What was found. */
  readonly detail: string;
  /** What to do. */
  readonly hint?: string;
}

export const ok = (name: string, detail: string): Check => ({ name, status: 'ok', detail });

export const warn = (name: string, detail: string, hint: string): Check => ({
  name,
  status: 'warn',
  detail,
  hint,
});

export const fail = (name: string, detail: string, hint: string): Check => ({
  name,
  status: 'fail',
  detail,
  hint,
});
