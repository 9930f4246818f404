import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';

/** None of these repeats what was given. */
export function nobodyNamed(flag?: string): Diagnostic {
  return flag === undefined
    ? diagnostic('CX7901', 'nobody is named', {
        hint: 'give `--email`, `--phone` or `--document`',
      })
    : diagnostic('CX7901', `\`${flag}\` names nobody`, {
        hint: 'an e-mail address, a telephone number with its area, a CPF or a CNPJ',
      });
}

export function numberOfSeveral(people: number): Diagnostic {
  return diagnostic('CX7902', `records of ${people} persons have the telephone number`, {
    hint: 'give `--email` or `--document`, too; nothing was changed',
  });
}

export function secretProblem(what: string, hint: string): Diagnostic {
  return diagnostic('CX7903', what, { hint });
}

export function notConfirmed(): Diagnostic {
  return diagnostic('CX7904', 'nobody confirmed the erasure', {
    hint: '`--yes` confirms it, `--dry-run` shows what would be done; nothing was changed',
  });
}

export function personLeft(places: readonly string[]): Diagnostic {
  return diagnostic('CX7905', 'something of the person is left', {
    notes: places,
    hint: 'take it out there, then call the same command again: it looks once more',
  });
}
