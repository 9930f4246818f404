import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { changedFiles } from '../../../cli/platform/git.ts';

const made: string[] = [];

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

test('changed, staged, deleted and new files are found, ignored and untouched ones are not', async () => {
  const repository = createRepository({
    '.gitignore': 'target/\n',
    'shop/models/changed.sql': 'select 1',
    'shop/models/staged.sql': 'select 1',
    'shop/models/deleted.sql': 'select 1',
    'shop/models/untouched.sql': 'select 1',
    'outside.sql': 'select 1',
  });
  commit(repository);
  write(repository, { 'shop/models/changed.sql': 'select 2', 'outside.sql': 'select 2' });
  write(repository, {
    'shop/models/staged.sql': 'select 2',
    'shop/models/ação nova.sql': 'select 3',
  });
  write(repository, { 'shop/target/manifest.json': '{}' });
  git(repository, 'add', 'shop/models/staged.sql');
  rmSync(join(repository, 'shop/models/deleted.sql'));

  expect(await changedFiles(join(repository, 'shop'))).toEqual([
    'models/ação nova.sql',
    'models/changed.sql',
    'models/deleted.sql',
    'models/staged.sql',
  ]);
});

test('a file that was renamed counts under both names', async () => {
  const repository = createRepository({ 'models/old.sql': 'select 1' });
  commit(repository);
  git(repository, 'mv', 'models/old.sql', 'models/new.sql');

  expect(await changedFiles(repository)).toEqual(['models/new.sql', 'models/old.sql']);
});

test('before the first commit everything is changed', async () => {
  const repository = createRepository({ 'models/a.sql': '', 'models/b.sql': '' });
  git(repository, 'add', 'models/a.sql');

  expect(await changedFiles(repository)).toEqual(['models/a.sql', 'models/b.sql']);
});

test('outside of a repository the error says what to do', async () => {
  const directory = temporaryDirectory();

  await expect(changedFiles(directory)).rejects.toMatchObject({
    diagnostics: [{ code: 'CX3021', hint: expect.stringContaining('--select') }],
  });
});

function createRepository(files: Readonly<Record<string, string>>): string {
  const repository = temporaryDirectory();
  git(repository, 'init', '--quiet');
  write(repository, files);
  return repository;
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cortex-git-'));
  made.push(directory);
  return directory;
}

function write(repository: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, name)), { recursive: true });
    writeFileSync(join(repository, name), text);
  }
}

function commit(repository: string): void {
  git(repository, 'add', '.');
  git(repository, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--quiet', '-m', 'first');
}

function git(repository: string, ...command: string[]): void {
  execFileSync('git', ['-C', repository, ...command], { stdio: 'pipe' });
}
