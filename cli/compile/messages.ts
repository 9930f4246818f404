import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { toSource } from '../kernel/rendered-sql.ts';
import type { Span } from '../kernel/span.ts';
import { didYouMean, listOf } from '../kernel/suggest.ts';

export function secondStatement(rendered: RenderedSql, at: number, what: string): Diagnostic {
  const place = toSource(rendered, at);
  return diagnostic('CX3102', `${what} holds more than one statement`, {
    span: place?.span,
    label: 'a second statement begins here',
    hint: 'keep one query; statements that run before or after it belong in `pre_hook` and `post_hook`',
  });
}

export function unknownTest(
  name: string,
  span: Span | undefined,
  known: readonly string[],
): Diagnostic {
  return diagnostic('CX6003', `no data test is named \`${name}\``, {
    span,
    hint: didYouMean(name, known) ?? `write it as a macro named \`test_${name}\``,
  });
}

export interface ArgumentPlace {
  readonly test: string;
  readonly span: Span | undefined;
}

export function unknownArgument(
  name: string,
  known: readonly string[],
  place: ArgumentPlace,
): Diagnostic {
  const names = listOf(
    known.map((each) => `\`${each}\``),
    'and',
  );
  return diagnostic('CX6004', `data test \`${place.test}\` has no argument \`${name}\``, {
    span: place.span,
    hint: didYouMean(name, known) ?? `its arguments are ${names}`,
  });
}

export function missingArgument(name: string, expected: string, place: ArgumentPlace): Diagnostic {
  return diagnostic('CX6004', `data test \`${place.test}\` needs its argument \`${name}\``, {
    span: place.span,
    hint:
      name === 'column_name'
        ? 'declare the test under a column, or give `column_name`'
        : `give \`${name}\`: ${expected}`,
  });
}

export function wrongArgument(name: string, expected: string, place: ArgumentPlace): Diagnostic {
  return diagnostic(
    'CX6004',
    `argument \`${name}\` of data test \`${place.test}\` is not ${expected}`,
    {
      span: place.span,
      hint: `give ${expected}`,
    },
  );
}

export function invalidSeverity(value: string, place: ArgumentPlace): Diagnostic {
  return diagnostic('CX6005', `\`severity: ${value}\` is not a severity`, {
    span: place.span,
    hint: didYouMean(value, ['error', 'warn']) ?? 'use `error` or `warn`',
  });
}

export function invalidThreshold(key: string, value: string, place: ArgumentPlace): Diagnostic {
  return diagnostic('CX6005', `\`${key}: ${value}\` is not a comparison`, {
    span: place.span,
    hint: 'write what follows the number of failures, such as `> 10`, `!= 0` or `between 1 and 5`',
  });
}

export function invalidStorage(value: string, place: ArgumentPlace): Diagnostic {
  return diagnostic('CX6005', `\`store_failures_as: ${value}\` is not a way to store failures`, {
    span: place.span,
    hint: 'accepted values are `ephemeral`, `table` and `view`',
  });
}

export function invalidLimit(value: unknown, place: ArgumentPlace): Diagnostic {
  return diagnostic('CX6005', `\`limit: ${String(value)}\` is not a number of rows`, {
    span: place.span,
    hint: 'use a whole number from 0',
  });
}

export function variableUnset(name: string, span: Span, known: readonly string[]): Diagnostic {
  return diagnostic('CX2030', `the variable \`${name}\` has no value`, {
    span,
    hint:
      didYouMean(name, known) ??
      `set it under \`vars\` of the project file, or declare it with \`?\``,
  });
}

export function variableUnfit(name: string, readAs: string, span: Span): Diagnostic {
  return diagnostic(
    'CX4030',
    `the variable \`${name}\` is not \`${readAs}\`, as the model declares`,
    {
      span,
      hint: 'correct the value, or how the model reads it',
    },
  );
}
