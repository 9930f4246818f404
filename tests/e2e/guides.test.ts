import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { builtCortex, runProgram } from '../support/built-cortex.ts';
import type { FencedBlock } from '../support/markdown.ts';
import { documentationPages, fencedBlocks } from '../support/markdown.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cortex-guides-'));
const projects: string[] = [];

afterAll(async () => {
  for (const project of projects) await builtCortex(project, ['server', 'stop']);
  rmSync(folder, { recursive: true, force: true });
});

/** Guides are read from top to bottom: what is marked is done in that order, in one project. */
const GUIDES = documentationPages()
  .map((page) => ({ path: page.path, blocks: fencedBlocks(page).filter(isDone) }))
  .filter(({ blocks }) => blocks.length > 0);

/** ```` ```sh run ```` is typed line by line, ```` ```yaml file:models/a.yml ```` is written to that file. */
function isDone({ words }: FencedBlock): boolean {
  return words.includes('run') || fileOf(words) !== undefined;
}

function fileOf(words: readonly string[]): string | undefined {
  return words.find((word) => word.startsWith('file:'))?.slice('file:'.length);
}

/** Translations do what the English page does. */
const ENGLISH = GUIDES.filter(({ path }) => !path.includes('/pt-BR/'));
const TRANSLATED: Readonly<Record<string, string>> = {
  'docs/pt-BR/primeiros-passos.md': 'docs/getting-started.md',
  'docs/pt-BR/escrever-modelos.md': 'docs/writing-models.md',
};

test.each(ENGLISH)('every command of $path ends as the page says', async ({ path, blocks }) => {
  const project = emptyProject(basename(path, '.md'));

  for (const { words, text, line } of blocks) {
    const file = fileOf(words);
    if (file !== undefined) {
      mkdirSync(dirname(join(project, file)), { recursive: true });
      writeFileSync(join(project, file), text);
      continue;
    }
    for (const typed of text.split('\n').filter((one) => !/^(?:#|$)/.test(one))) {
      const exitCode = Number(/# exit (\d+)$/.exec(typed)?.[1] ?? 0);
      const done = await runProgram('bash', ['-euo', 'pipefail', '-c', typed], { cwd: project });
      expect(done, `${path}:${line} ${typed}`).toMatchObject({ exitCode });
    }
  }
});

test('translated guides do the same', () => {
  const translations = GUIDES.filter(({ path }) => path.includes('/pt-BR/'));

  expect(translations.map(({ path }) => path).toSorted()).toEqual(
    Object.keys(TRANSLATED).toSorted(),
  );
  for (const { path, blocks } of translations) {
    const original = ENGLISH.find((page) => page.path === TRANSLATED[path]);
    expect(blocks.map(stepOf), path).toEqual(original?.blocks.map(stepOf));
  }
});

/** What is done, without the words that people read: descriptions and comments. */
function stepOf({ words, text }: FencedBlock): unknown {
  return { words, text: text.replaceAll(/(?<=description: ).*|\s+# (?!exit).*$/gm, '') };
}

/** A folder in which `npx cortex` is the built command line. */
function emptyProject(name: string): string {
  const project = join(folder, name, 'shop');
  const programs = join(project, 'node_modules', '.bin');
  mkdirSync(programs, { recursive: true });
  symlinkSync(MAIN, join(programs, 'cortex'));
  execFileSync('git', ['init', '--quiet', project]);
  projects.push(project);
  return project;
}
