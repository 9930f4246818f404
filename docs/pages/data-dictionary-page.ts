import type { Manifest } from '../../cli/manifest/manifest.ts';
import type { ManifestNode } from '../../cli/manifest/node.ts';
import type { TypeOf } from '../pack/column-types.ts';
import { columnTypes } from '../pack/column-types.ts';
import type { Entry, EntryColumn } from '../pack/dictionary.ts';
import { LAYERS, dictionaryEntries } from '../pack/dictionary.ts';
import type { Words } from './data-dictionary-words.ts';
import { ENGLISH, PORTUGUESE } from './data-dictionary-words.ts';

/** The data dictionary of the model pack in English and Portuguese, by its paths below `docs`. */
export function dataDictionaryPages(manifest: Manifest): Readonly<Record<string, string>> {
  return {
    'data-dictionary.md': dictionaryPage(manifest, ENGLISH),
    'pt-BR/dicionario-de-dados.md': dictionaryPage(manifest, PORTUGUESE),
  };
}

interface Writing {
  readonly words: Words;
  readonly typeOf: TypeOf;
  /** Link to the entry of a model, source or exposure. */
  readonly linkTo: (node: ManifestNode) => string;
  readonly anchors: ReadonlyMap<string, string>;
}

function dictionaryPage(manifest: Manifest, words: Words): string {
  const entries = dictionaryEntries(manifest);
  const anchors = new Map(
    entries.flatMap((entry) => entry.nodes.map(({ name }) => [name, anchorOf(headingOf(entry))])),
  );
  const writing = { words, typeOf: columnTypes(), anchors, linkTo: linkWith(anchors, words) };
  return [
    `# ${words.title}`,
    '',
    ...words.intro,
    '',
    ...LAYERS.flatMap((layer) =>
      contents(
        entries.filter((entry) => entry.layer === layer),
        writing,
      ),
    ),
    ...LAYERS.flatMap((layer) => [
      `## ${words.layers[layer]}`,
      '',
      ...entries
        .filter((entry) => entry.layer === layer)
        .flatMap((entry) => entryLines(entry, writing)),
    ]),
    `## ${words.sources}`,
    '',
    ...sourceLines(manifest, words),
    `## ${words.exposures}`,
    '',
    ...exposureLines(manifest, writing),
  ].join('\n');
}

function contents(entries: readonly Entry[], { words, anchors }: Writing): readonly string[] {
  const [first] = entries;
  if (first === undefined) return [];
  return [
    `**${words.layers[first.layer]}**`,
    '',
    `| ${words.table} | ${words.meaning} |`,
    '|---|---|',
    ...entries.map((entry) => {
      const [{ name }] = entry.nodes;
      const link = `[${shortHeading(entry)}](#${anchors.get(name) ?? ''})`;
      return `| ${link} | ${cell(unique(entry.nodes.map((node) => words.summaryOf(node))).join('<br>'))} |`;
    }),
    '',
  ];
}

const headingOf = ({ nodes }: Entry): string => nodes.map(({ name }) => name).join(', ');

/** `stg_*__orders` for the models of several platforms. */
function shortHeading({ nodes }: Entry): string {
  const [first] = nodes;
  return nodes.length === 1 ? first.name : `\`${first.name.replace(/^stg_\w+?__/, 'stg_*__')}\``;
}

/** As GitHub makes it from a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

function linkWith(anchors: ReadonlyMap<string, string>, words: Words): Writing['linkTo'] {
  return (node) => {
    const anchor = anchors.get(node.name);
    if (anchor !== undefined) return `[${node.name}](#${anchor})`;
    if (node.resourceType === 'source')
      return sourceLink(node.sourceName, node.relation.name, words);
    return `[${node.name}](#${anchorOf(node.name)})`;
  };
}

const sourceLink = (platform: string, relation: string, { toDocs }: Words): string =>
  `[${relation}](${toDocs}connectors/tables/${platform.replaceAll('_', '-')}.md)`;

function entryLines(entry: Entry, writing: Writing): readonly string[] {
  const { words, linkTo } = writing;
  const { nodes, keys, tests, reads, readBy } = entry;
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [words.key, keys.map((columns) => columns.map((name) => `\`${name}\``).join(', '))],
    [words.reads, unique(reads.map(linkTo))],
    [words.readBy, unique(readBy.map(linkTo))],
    [words.invariants, tests.map((name) => `\`${name}\``)],
  ];
  return [
    `### ${headingOf(entry)}`,
    '',
    ...nodes.flatMap((node) => [words.paragraphOf(node), '']),
    ...facts
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => `- ${name}: ${values.join(name === words.key ? '; ' : ', ')}`),
    '',
    `| ${words.column} | ${words.type} | ${words.meaning} | ${words.tests} |`,
    '|---|---|---|---|',
    ...entry.columns.map((column) => columnRow(entry, column, writing)),
    '',
  ];
}

function columnRow(
  { nodes }: Entry,
  { properties, tests, refersTo }: EntryColumn,
  { words, typeOf, anchors }: Writing,
): string {
  const { name } = properties;
  const type = typeOf(
    nodes.map((node) => node.name),
    name,
  );
  const reference =
    refersTo === undefined ? [] : [`→ [${refersTo.model}](#${anchors.get(refersTo.model) ?? ''})`];
  const cells = [
    `\`${name}\``,
    type,
    words.columnText(properties),
    [...tests.map((test) => words.testNames[test] ?? test), ...reference].join(', '),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function sourceLines(manifest: Manifest, words: Words): readonly string[] {
  const sources = [...manifest.nodes.values()]
    .filter((node) => node.resourceType === 'source')
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return [
    words.aboutSources,
    '',
    `| ${words.table} | ${words.meaning} |`,
    '|---|---|',
    ...sources.map((node) => {
      const link = sourceLink(node.sourceName, node.relation.name, words);
      return `| ${link} | ${cell(words.textOf(node))} |`;
    }),
    '',
  ];
}

function exposureLines(manifest: Manifest, { words, linkTo }: Writing): readonly string[] {
  const exposures = [...manifest.nodes.values()].filter((node) => node.resourceType === 'exposure');
  return exposures.flatMap((node) => [
    `### ${node.name}`,
    '',
    words.paragraphOf(node),
    '',
    `- ${words.owner}: ${[node.owner.name, node.owner.email].filter((part) => part !== undefined).join(', ')}`,
    `- ${words.reads}: ${node.dependsOn
      .flatMap((id) => manifest.nodes.get(id) ?? [])
      .map(linkTo)
      .join(', ')}`,
    '',
  ]);
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
const cell = (text: string): string => text.replaceAll('|', '\\|');
