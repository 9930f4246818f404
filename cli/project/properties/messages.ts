import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import type { Span } from '../../kernel/span.ts';
import { listOf } from '../../kernel/suggest.ts';

export function sectionPassedOver(section: string, span: Span): Diagnostic {
  return diagnostic('CX2132', `\`${section}\` is passed over, because Cortex does not run it`, {
    span,
  });
}

export function testsTwice(span: Span): Diagnostic {
  return diagnostic('CX2136', '`tests` stands beside `data_tests`, which is the same list', {
    span,
    hint: 'move these tests under `data_tests`',
  });
}

export function testWithoutName(span: Span): Diagnostic {
  return diagnostic('CX2136', 'a data test must be a name, or a map of one name to its arguments', {
    span,
    hint: 'indent the arguments below the name of the test',
  });
}

export function argumentsTwice(test: string, beside: readonly string[], span: Span): Diagnostic {
  const names = listOf(
    beside.map((name) => `\`${name}\``),
    'and',
  );
  return diagnostic(
    'CX2136',
    `test \`${test}\` has arguments both under \`arguments\` and beside it`,
    {
      span,
      hint: `move ${names} under \`arguments\``,
    },
  );
}
