/** A source of bytes whose failure and whose end by abort are told apart. */
export interface AbortableSource {
  chunks(): AsyncIterable<Buffer>;
  /** What the source threw, if it did. */
  failure(): unknown;
}

/** Ends a source early when the signal aborts, also while it waits for its next chunk. */
export function untilAborted(
  input: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AbortableSource {
  let failure: unknown;
  async function* chunks(): AsyncGenerator<Buffer> {
    const iterator = input[Symbol.asyncIterator]();
    const aborted = abortOf(signal);
    try {
      for (;;) {
        const next = await Promise.race([iterator.next(), aborted.promise]);
        if (next === undefined || next.done === true) return;
        const { buffer, byteOffset, byteLength } = next.value;
        yield Buffer.from(buffer, byteOffset, byteLength);
      }
    } catch (error) {
      failure = error;
    } finally {
      aborted.forget();
      void iterator.return?.()?.catch(() => undefined);
    }
  }
  return { chunks, failure: () => failure };
}

function abortOf(signal: AbortSignal | undefined): {
  readonly promise: Promise<undefined>;
  forget(): void;
} {
  let settle: () => void = () => undefined;
  const promise = new Promise<undefined>((resolve) => {
    settle = () => resolve(undefined);
  });
  if (signal?.aborted === true) settle();
  signal?.addEventListener('abort', settle, { once: true });
  return { promise, forget: () => signal?.removeEventListener('abort', settle) };
}
