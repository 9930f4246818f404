import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cortexError } from '../kernel/errors.ts';

const run = promisify(execFile);

/**
 * Files that differ from the last commit (staged, unstaged and untracked; deleted ones included),
 * relative to the directory and inside it, POSIX separators, sorted. In a repository without a commit
 * these are all files. Ignored files are left out.
 *
 * Throws CX3021 where git or a repository is missing.
 */
export async function changedFiles(directory: string): Promise<readonly string[]> {
  const tracked = (await hasCommit(directory))
    ? ['diff', '--name-only', '--no-renames', '--relative', '-z', 'HEAD', '--', '.']
    : ['ls-files', '-z', '--cached'];
  const lists = await Promise.all([
    git(directory, tracked),
    git(directory, ['ls-files', '-z', '--others', '--exclude-standard']),
  ]);
  const files = lists.flatMap((list) => list.split('\0')).filter((file) => file !== '');
  return [...new Set(files)].sort();
}

async function hasCommit(directory: string): Promise<boolean> {
  await git(directory, ['rev-parse', '--is-inside-work-tree']);
  return git(directory, ['rev-parse', '--verify', '--quiet', 'HEAD']).then(
    () => true,
    () => false,
  );
}

async function git(directory: string, command: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', directory, ...command], { maxBuffer: 1 << 28 });
    return stdout;
  } catch (cause) {
    throw gitUnavailable(cause);
  }
}

function gitUnavailable(cause: unknown) {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
  return cortexError(
    'CX3021',
    isMissing ? 'the `git` program was not found' : 'git cannot say what changed here',
    {
      cause,
      notes: said === '' ? [] : [`git: ${said}`],
      hint: isMissing
        ? 'install git, or name what to select with `--select`'
        : 'run inside a git repository, or name what to select with `--select`',
    },
  );
}
