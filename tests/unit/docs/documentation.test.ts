import { existsSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands/commands.ts';
import { definitionOf, flagName } from '../../../cli/commands/flags.ts';
import { parseSelectors } from '../../../cli/graph/parse-selectors.ts';
import { CODES } from '../../../cli/kernel/codes.ts';
import type { Diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { projectSchema } from '../../../cli/project/project-config.ts';
import { readProperties } from '../../../cli/project/properties/read-properties.ts';
import { targetSchema } from '../../../cli/project/target-config.ts';
import { trackingSchema } from '../../../cli/project/tracking-config.ts';
import { validate } from '../../../cli/project/validate.ts';
import { parseYaml, plainValue, valueOf } from '../../../cli/project/yaml.ts';
import { parseTemplate } from '../../../cli/template/parse.ts';
import { filesSettings } from '../../../connectors/files/settings.ts';
import { changedPlan, shippedPlan } from '../../../tracking/plan/read-plan.ts';
import type { FencedBlock } from '../../support/markdown.ts';
import { anchorsOf, documentationPages, fencedBlocks, linksOf } from '../../support/markdown.ts';

const root = resolve(import.meta.dirname, '../../..');
const pages = documentationPages();
const byPath = new Map(pages.map((page) => [page.path, page]));
const blocks = pages.flatMap(fencedBlocks);

/** Paths inside the projects of users that look like ours. */
const IN_PROJECTS = new Set(['tests/generic/', 'tests/data/assert_totals_agree.sql']);

function blocksOf(...words: readonly string[]): readonly FencedBlock[] {
  return blocks.filter((block) => words.every((word, index) => block.words[index] === word));
}

function complaints(
  chosen: readonly FencedBlock[],
  check: (block: FencedBlock) => readonly Diagnostic[],
): string[] {
  return chosen.flatMap((block) =>
    check(block).map(({ code, message }) => `${block.page}:${block.line} ${code} ${message}`),
  );
}

test('every link leads to a file, and to a heading of it', () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !isThere(page.path, target))
      .map((target) => `${page.path}: ${target}`),
  );

  expect(broken).toEqual([]);
});

function isThere(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : normalize(join(dirname(from), file));
  const page = byPath.get(path);
  if (anchor !== undefined) return page !== undefined && anchorsOf(page).has(anchor);
  return existsSync(join(root, path));
}

test('every path of the source that is named exists', () => {
  const missing = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:cli|connectors|docs|tests|examples|\.ci)\/[\w./-]+)`/g)]
      .map(([, named = '']) => named)
      .filter((named) => !existsSync(join(root, named)) && !IN_PROJECTS.has(named))
      .map((named) => `${path}: ${named}`),
  );

  expect(missing).toEqual([]);
});

test('every code that is named exists', () => {
  const unknown = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\bCX\d{4}\b/g)]
      .filter(([code]) => !Object.hasOwn(CODES, code))
      .map(([code]) => `${path}: ${code}`),
  );

  expect(unknown).toEqual([]);
});

test('every page of docs is reachable from its index', () => {
  const linked = new Set(linksOf(byPath.get('docs/README.md') ?? { path: '', text: '' }));
  const unlisted = pages
    .map(({ path }) => path.replace(/^docs\//, ''))
    .filter((name) => !name.includes('/') && name !== 'README.md' && name !== 'AGENTS.md');

  expect(unlisted.filter((name) => !linked.has(name))).toEqual([]);
});

test('every YAML block can be read', () => {
  const chosen = blocksOf('yaml');

  expect(chosen.length).toBeGreaterThan(10);
  expect(complaints(chosen, ({ text }) => parseYaml(text, 'a.yml').diagnostics)).toEqual([]);
});

test('blocks marked as project files keep to the schemas of the project file', () => {
  const codes = { invalid: 'CX1101', unknownKey: 'CX1102' } as const;
  const problems = ({ text, page }: FencedBlock): readonly Diagnostic[] => {
    const yaml = parseYaml(text, page).value;
    if (yaml === undefined) return [];
    const targets = valueOf(yaml, 'targets');
    const files = valueOf(valueOf(yaml, 'connectors'), 'files');
    const tracking = valueOf(yaml, 'tracking');
    return [
      ...validate(projectSchema, yaml, page, codes).diagnostics,
      ...(targets?.kind === 'map' ? targets.entries : []).flatMap(
        ({ value }) => validate(targetSchema, value, page, codes).diagnostics,
      ),
      ...(files === undefined ? [] : validate(filesSettings, files, page, codes).diagnostics),
      ...(tracking === undefined
        ? []
        : validate(trackingSchema, tracking, page, codes).diagnostics),
    ];
  };
  const chosen = blocksOf('yaml', 'project');

  expect(chosen.length).toBeGreaterThan(3);
  expect(complaints(chosen, problems)).toEqual([]);
});

test('blocks marked as properties files keep to the schema of properties files', () => {
  const chosen = blocksOf('yaml', 'properties');

  expect(chosen.length).toBeGreaterThan(5);
  expect(complaints(chosen, ({ text, page }) => readProperties(text, page).diagnostics)).toEqual(
    [],
  );
});

test('blocks marked as event dictionaries can be read', () => {
  const chosen = blocksOf('yaml', 'events');

  expect(chosen.length).toBeGreaterThan(0);
  expect(complaints(chosen, ({ text }) => changedPlan(shippedPlan(), text).diagnostics)).toEqual(
    [],
  );
});

test('blocks marked as selectors can be selected by', () => {
  const problems = ({ text, page }: FencedBlock) => {
    const yaml = valueOf(parseYaml(text, page).value, 'selectors');
    return parseSelectors(yaml === undefined ? undefined : plainValue(yaml)).diagnostics;
  };

  expect(complaints(blocksOf('yaml', 'selectors'), problems)).toEqual([]);
});

test('every template can be parsed', () => {
  const chosen = blocksOf('handlebars');

  expect(chosen.length).toBeGreaterThan(10);
  expect(
    complaints(chosen, ({ text, page }) => parseTemplate({ path: page, text }).diagnostics),
  ).toEqual([]);
});

test('every command shown exists and takes the flags it is shown with', () => {
  const lines = blocks
    .filter(({ words }) => words.length === 0 || words[0] === 'sh')
    .flatMap(({ text, page }) => text.split('\n').map((line) => ({ line, page })));
  const unknown = lines.flatMap(({ line, page }) => {
    const written = /^(?:\$ )?(?:npx )?cortex (.*)/.exec(line)?.[1];
    return written === undefined ? [] : strangeWords(written).map((word) => `${page}: ${word}`);
  });

  expect(unknown).toEqual([]);
});

/** Words of a command line that no command or flag has. */
function strangeWords(written: string): readonly string[] {
  const words = written.replace(/\s#.*$/, '').replaceAll(/'[^']*'|"[^"]*"/g, 'text');
  const command = COMMANDS.findLast(({ name }) => `${words} `.startsWith(`${name} `));
  if (command === undefined) return [words];
  const known = command.flags.flatMap((key) => {
    const { short, canBeOff } = definitionOf(key);
    const name = flagName(key);
    return [`--${name}`, ...(canBeOff === true ? [`--no-${name}`] : []), `-${short}`];
  });
  const flags = [...words.matchAll(/(?<=\s)--?[a-z][a-z0-9-]*/g)].map(([flag]) => flag);
  return flags.filter((flag) => !known.includes(flag));
}
