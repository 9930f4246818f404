import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Everything that is loaded before a file's own code runs: static imports, followed; types cost nothing. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = text.matchAll(
    /^(?:import|export)\s+(?!type\b)[^'";]*?from\s*['"]([^'"]+)['"]/gm,
  );
  for (const [, specifier = ''] of specifiers) {
    if (specifier.startsWith('.'))
      loadedBy(relative(root, resolve(root, dirname(file), specifier)), seen);
    else seen.add(specifier);
  }
  return seen;
}

function packagesLoadedBy(file: string): string[] {
  return [...loadedBy(file)].filter(
    (name) => !name.startsWith('cli/') && !name.startsWith('node:'),
  );
}

test('--version loads one file beside main.ts', () => {
  expect([...loadedBy('cli/main.ts')]).toEqual([
    'cli/main.ts',
    'cli/platform/version.ts',
    'node:fs',
  ]);
});

test('the help loads no package but commander', () => {
  expect(packagesLoadedBy('cli/start.ts')).toEqual([]);
  expect(packagesLoadedBy('cli/program.ts')).toEqual(['commander']);
});

test('the help loads no phase', () => {
  const folders = new Set(
    [...loadedBy('cli/start.ts'), ...loadedBy('cli/program.ts')].flatMap(
      (name) => /^cli\/\w+(?=\/)/.exec(name)?.[0] ?? [],
    ),
  );

  expect([...folders].toSorted()).toEqual(['cli/commands', 'cli/kernel', 'cli/platform']);
});

test('listing nodes loads no driver and no SQL parser', () => {
  expect(
    packagesLoadedBy('cli/commands/ls.ts').filter((name) =>
      /mysql2|kysely|polyglot|pino|undici/.test(name),
    ),
  ).toEqual([]);
});
