import type { ArgumentType } from '../../cli/compile/tests/argument-types.ts';
import type { BuiltInTest } from '../../cli/compile/tests/built-in-test.ts';
import { BUILT_IN_TESTS } from '../../cli/compile/tests/registry.ts';

/** `docs/test-library.md`: every built-in data test with its arguments. */
export function testLibraryPage(): string {
  return [
    '# Built-in data tests',
    '',
    'Written from the code by `npm run docs`. How tests are declared, judged and run: [tests](tests.md).',
    '',
    'A test under a column gets `column_name` by itself. Arguments with `?` may be left out; `=` gives the default.',
    'The names mean what they mean in dbt, dbt_utils and SQLMesh.',
    '',
    '| test | what must be true | arguments | failures are |',
    '|---|---|---|---|',
    ...[...BUILT_IN_TESTS.values()].map(testRow),
    '',
  ].join('\n');
}

function testRow(test: BuiltInTest): string {
  const names = Object.entries(test.arguments).map(([name, type]) => argumentText(name, type));
  const failures =
    test.failCalc === undefined || test.failCalc === 'count(*)'
      ? 'rows'
      : `\`${cell(test.failCalc)}\``;
  return `| \`${test.name}\` | ${cell(test.description)} | ${names.join(', ')} | ${failures} |`;
}

function argumentText(name: string, { isRequired, fallback }: ArgumentType<unknown>): string {
  if (isRequired) return `\`${name}\``;
  return fallback === undefined ? `\`${name}?\`` : `\`${name}=${cell(JSON.stringify(fallback))}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
