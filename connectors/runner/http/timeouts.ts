/** How long a call may take, in real milliseconds. */
export interface HttpTimeouts {
  readonly connectMs: number;
  /** From the request to the first byte of the answer. */
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly silenceMs: number;
  /** For the whole body of an answer; streamed files have no such end. */
  readonly bodyMs: number;
}

export const DEFAULT_TIMEOUTS: HttpTimeouts = {
  connectMs: 15_000,
  headersMs: 60_000,
  silenceMs: 60_000,
  bodyMs: 300_000,
};
