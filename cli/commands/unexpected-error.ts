import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';

/** A bug of Cortex, with the stack that its report needs. */
export function unexpectedError(error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return diagnostic('CX9001', message.split('\n', 1)[0] ?? message, {
    notes: stack
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
    hint: 'this is a bug of Cortex; report it with the lines above and what you did',
  });
}
