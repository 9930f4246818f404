import type { MacroArgument } from '../../cli/manifest/manifest.ts';
import type { MacroDefinition } from '../../cli/template/environment.ts';
import { builtInMacros } from '../../cli/template/library/registry.ts';
import { EXAMPLE_SERVERS, exampleSql } from './example-environment.ts';
import { MACRO_EXAMPLES } from './macro-examples.ts';

/** What is longer is cut: `md5` on MySQL is a page of SQL. */
const LONGEST_EXAMPLE = 700;

/** `docs/macro-library.md`: every shipped macro with its arguments and what it becomes. */
export function macroLibraryPage(): string {
  const macros = builtInMacros();
  return [
    '# Shipped macros',
    '',
    'Written from the code by `npm run docs`. How macros are called and written: [macros](macros.md).',
    '',
    'Arguments may be given by name or in the order below. An argument of type `expression` is SQL text: a column',
    '(`"total"`), a literal (`"\'2026-01-01\'"`) or any expression. The SQL is what the call becomes on both servers,',
    'or on each where they differ. One text given for a list is a list of one. A project macro of the same name wins over a shipped one;',
    '`{{cortex.safe_cast …}}` always means the shipped one.',
    '',
    '| macro | what it gives |',
    '|---|---|',
    ...macros.map(
      ({ node }) => `| [\`${node.name}\`](#${node.name}) | ${firstSentence(node.description)} |`,
    ),
    '',
    ...macros.flatMap(macroSection),
  ].join('\n');
}

function macroSection(macro: MacroDefinition): string[] {
  const { node } = macro;
  return [
    `## ${node.name}`,
    '',
    node.description,
    '',
    '| argument | type | default | meaning |',
    '|---|---|---|---|',
    ...node.arguments.map(argumentRow),
    '',
    ...exampleLines(node.name),
  ];
}

function argumentRow(argument: MacroArgument): string {
  const fallback = argument.isRequired ? 'required' : defaultText(argument.default);
  return `| \`${argument.name}\` | ${argument.type ?? ''} | ${fallback} | ${argument.description.replaceAll('|', '\\|')} |`;
}

function defaultText(value: unknown): string {
  return value === null || value === undefined ? '' : `\`${JSON.stringify(value)}\``;
}

function exampleLines(name: string): string[] {
  const template = MACRO_EXAMPLES[name];
  if (template === undefined)
    throw new Error(`add an example of \`${name}\` to docs/pages/macro-examples.ts`);
  const results = EXAMPLE_SERVERS.map((server) => ({
    label: server.label,
    sql: shortened(exampleSql(template, server)),
  }));
  const isSame = new Set(results.map(({ sql }) => sql)).size === 1;
  const parts = isSame
    ? [results[0]?.sql ?? '']
    : results.map(({ label, sql }) => `-- ${label}\n${sql}`);
  return ['```handlebars', template, '```', '', '```sql', ...parts, '```', ''];
}

function shortened(sql: string): string {
  return sql.length <= LONGEST_EXAMPLE
    ? sql
    : `${sql.slice(0, LONGEST_EXAMPLE / 2)} … (${sql.length} characters)`;
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/[.:]$/, '') ?? text;
}
