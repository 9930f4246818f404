import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/** A folder may import folders of a lower rank, and nothing else: the table of docs/architecture.md. */
const RANK: Readonly<Record<string, number>> = {
  'cli/kernel': 0,
  'cli/manifest': 1,
  'cli/platform': 1,
  'cli/events': 1,
  'cli/sql': 2,
  'cli/report': 2,
  'cli/template': 3,
  'cli/project': 3,
  'cli/server': 3,
  'cli/graph': 3,
  'cli/warehouse': 3,
  'cli/parse': 4,
  'cli/load': 4,
  'cli/compile': 5,
  'cli/materialize': 5,
  'cli/plan': 6,
  'cli/execute': 7,
  'cli/commands': 8,
  'cli/program.ts': 9,
  'cli/start.ts': 10,
  'cli/properties-thread.ts': 10,
  'cli/main.ts': 11,
};

/** Steps inside one rank that the architecture allows. */
const ALLOWED = [['cli/events', 'cli/manifest']] as const;

const HOMES: Readonly<Record<string, readonly string[]>> = {
  commander: ['cli/program.ts', 'cli/commands'],
  handlebars: ['cli/template'],
  '@polyglot-sql/sdk': ['cli/sql'],
  mysql2: ['cli/warehouse'],
  kysely: ['cli/warehouse', 'cli/load'],
  graphology: ['cli/graph'],
  graphql: ['connectors/simulators'],
  yaml: ['cli/project/yaml.ts'],
  croner: ['cli/project/pipelines/cron.ts'],
  pino: ['cli/platform/log.ts'],
  'csv-parse': ['cli/load'],
  zod: ['cli/project', 'connectors', 'tracking'],
  chokidar: ['cli/commands'],
  nodemailer: ['cli/commands/alerts'],
  'big.js': ['cli/commands/alerts/rules'],
  vega: ['cli/commands/alerts/chart'],
  '@resvg/resvg-wasm': ['cli/commands/alerts/chart'],
  undici: ['connectors/runner'],
  'temporal-polyfill': ['connectors', 'tracking'],
  'libphonenumber-js': ['connectors/runner/pii', 'tracking/identity'],
  'i18n-iso-countries': ['tracking/identity'],
  'proper-lockfile': ['connectors/runner/credentials'],
  '@swc/wasm-typescript': ['cli/project'],
  'es-module-lexer': ['cli/project/script-models'],
};

const PURE = [
  'kernel',
  'manifest',
  'events',
  'template',
  'sql',
  'parse',
  'graph',
  'compile',
  'materialize',
  'plan',
];
const PURE_BUILT_INS = ['node:crypto', 'node:path', 'node:path/posix'];
const EFFECTS = /\b(Date\.now|new Date\(\)|Math\.random|process\.|performance\.)/;

interface Import {
  readonly from: string;
  readonly to: string;
}

const root = resolve(import.meta.dirname, '../..');
const files = ['cli', 'connectors', 'tracking'].flatMap((folder) => sourcesBelow(folder));
const imports = files.flatMap(importsOf);

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(sep).join('/')}`);
}

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Static imports, `import type`, re-exports and `import()`. */
function importsOf(from: string): Import[] {
  const specifiers = textOf(from).matchAll(
    /(?:^\s*(?:import|export)\b[^'";]*?from\s*|^\s*import\s*|\bimport\(\s*)['"]([^'"]+)['"]/gms,
  );
  return [...specifiers].map(([, specifier = '']) => ({
    from,
    to: specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(from), specifier))
          .split(sep)
          .join('/')
      : specifier,
  }));
}

/** `cli/graph/methods/fqn.ts` → `cli/graph`; files directly in `cli` stand for themselves. */
function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'cli' ? `${top}/${second}` : top;
}

function isInside(file: string, homes: readonly string[]): boolean {
  return homes.some((home) => file === home || file.startsWith(`${home}/`));
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const ours = imports.filter(({ to }) => to.startsWith('cli/'));
const packages = imports.filter(
  ({ to }) => !to.startsWith('node:') && !/^(cli|connectors|tracking|tests)\//.test(to),
);

test('the sources are found', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(ours.length).toBeGreaterThan(300);
  expect(packages.length).toBeGreaterThan(5);
});

test('every folder of cli has a rank', () => {
  const folders = new Set(files.filter((file) => file.startsWith('cli/')).map(folderOf));

  expect([...folders].filter((folder) => !(folder in RANK))).toEqual([]);
});

test('the ranks are those of docs/architecture.md', () => {
  const table = textOf('docs/architecture.md').matchAll(/^\|\s*(\d+)\s*\|(.+)\|$/gm);
  const written = [...table].flatMap(([, rank, cells = '']) =>
    [...cells.matchAll(/`([^`]+)`/g)].map(([, folder]) => [folder, Number(rank)]),
  );

  expect(Object.fromEntries(written)).toEqual(RANK);
});

test('imports only point down', () => {
  const upward = ours
    .map(({ from, to }) => ({ from, to, source: folderOf(from), target: folderOf(to) }))
    .filter(({ source, target }) => source.startsWith('cli/') && source !== target)
    .filter(({ source, target }) => !ALLOWED.some(([a, b]) => a === source && b === target))
    .filter(({ source, target }) => (RANK[target] ?? 99) >= (RANK[source] ?? -1))
    .map(({ from, to }) => `${from} -> ${to}: move the shared part to a lower folder`);

  expect(upward).toEqual([]);
});

test('connectors and tracking know the kernel, the manifest, the platform and loading, and nothing above', () => {
  const allowed = [
    'cli/kernel',
    'cli/manifest',
    'cli/platform',
    'cli/load',
    'cli/sql',
    'cli/project',
    'cli/warehouse',
  ];
  const above = ours.filter(({ from, to }) => !from.startsWith('cli/') && !isInside(to, allowed));

  expect(above).toEqual([]);
});

test('only commands know the connectors', () => {
  const found = imports.filter(
    ({ from, to }) => /^(connectors|tracking)\//.test(to) && from.startsWith('cli/'),
  );

  expect(found.filter(({ from }) => !from.startsWith('cli/commands/'))).toEqual([]);
});

describe('connectors', () => {
  const parts = [
    'connectors/sdk',
    'connectors/runner',
    'connectors/simulators',
    'connectors/files',
  ];
  const isPlatform = (file: string) => /^connectors\/[^/]+\//.test(file) && !isInside(file, parts);
  const partOf = (file: string) => file.split('/').slice(0, 2).join('/');

  test('a platform knows its own folder and connectors/sdk', () => {
    const strangers = imports
      .filter(({ from, to }) => isPlatform(from) && /^(cli|connectors)\//.test(to))
      .filter(({ from, to }) => !isInside(to, ['connectors/sdk', partOf(from)]));

    expect(strangers).toEqual([]);
  });

  test('connectors/sdk knows the kernel', () => {
    const strangers = imports
      .filter(
        ({ from, to }) => isInside(from, ['connectors/sdk']) && /^(cli|connectors)\//.test(to),
      )
      .filter(({ to }) => !isInside(to, ['connectors/sdk', 'cli/kernel']));

    expect(strangers).toEqual([]);
  });

  test('platforms are known to the registry and to commands', () => {
    const known = imports
      .filter(({ from, to }) => isPlatform(to) && partOf(from) !== partOf(to))
      .filter(({ from }) => !isInside(from, ['connectors/registry.ts', 'cli/commands']));

    expect(known).toEqual([]);
  });
});

test('every package is imported in its home only', () => {
  const strangers = packages
    .filter(({ from, to }) => !isInside(from, HOMES[packageOf(to)] ?? []))
    .map(({ from, to }) => `${from} -> ${to}`);

  expect(strangers).toEqual([]);
});

test('pure folders touch no files, no network and no process', () => {
  const homes = PURE.map((folder) => `cli/${folder}`);
  const impure = imports
    .filter(
      ({ from, to }) =>
        isInside(from, homes) && to.startsWith('node:') && !PURE_BUILT_INS.includes(to),
    )
    .map(({ from, to }) => `${from} -> ${to}`);

  expect(impure).toEqual([]);
});

test('pure folders use no clock, no randomness and no environment', () => {
  const homes = PURE.map((folder) => `cli/${folder}`);
  const impure = files
    .filter((file) => isInside(file, homes))
    .flatMap((file) =>
      codeOf(file)
        .split('\n')
        .filter((line) => EFFECTS.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );

  expect(impure).toEqual([]);
});

/** The text without comments and without the contents of strings. */
function codeOf(file: string): string {
  return textOf(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\/\/.*$/gm, '')
    .replaceAll(/'(?:\\.|[^'\\\n])*'/g, "''");
}

test('nothing of the product imports its tests', () => {
  expect(imports.filter(({ to }) => to.startsWith('tests/'))).toEqual([]);
});

test('only main.ts sets the exit code, and only the second signal leaves at once', () => {
  const exits = files.filter((file) => /process\.(exitCode\s*=|exit\()/.test(codeOf(file)));

  expect(exits.toSorted()).toEqual(['cli/main.ts', 'cli/start.ts']);
});
