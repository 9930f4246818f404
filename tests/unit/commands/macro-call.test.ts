import { expect, test } from 'vitest';
import { macroCall } from '../../../cli/commands/macro-call.ts';
import type { MacroDefinition } from '../../../cli/template/environment.ts';
import { macroNode, render, withMacros } from '../../support/template-environment.ts';

test('the arguments of an operation reach its macro as they were given', () => {
  const given = {
    text: 'say "it\'s"',
    number: -1.5,
    flag: true,
    nothing: null,
    list: ['a', 1, ['b']],
    map: { key: 'x', inner: { list: [] } },
  };
  const echo: MacroDefinition = {
    kind: 'script',
    node: macroNode(
      'echo',
      Object.keys(given).map((name) => ({ name })),
    ),
    call: (values) => JSON.stringify(values),
  };

  const { text, diagnostics } = render(macroCall('echo', given), withMacros(echo));

  expect(diagnostics).toEqual([]);
  expect(JSON.parse(text)).toEqual(given);
});
