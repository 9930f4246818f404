import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';

export function itemIsSeen(id: string): Diagnostic {
  return diagnostic('CX1020', `\`${id}\` is not ticked by hand: Cortex looks at it`, {
    hint: '`cortex onboarding` says what is missing',
  });
}
