import type { CortexError } from '../kernel/errors.ts';
import { cortexError } from '../kernel/errors.ts';
import type { ServerBinary } from './server-binary.ts';
import type { ServerPaths } from './server-paths.ts';

const INSTALL_HINT =
  'install one (Debian, Ubuntu: `sudo apt-get install mariadb-server`; macOS: `brew install mariadb`), or use a target of type `mysql`';

export function serverMissing(named: string | undefined): CortexError {
  return named === undefined || named === ''
    ? cortexError('CX5040', 'neither `mariadbd` nor `mysqld` was found on this machine', {
        hint: INSTALL_HINT,
      })
    : cortexError('CX5040', `CORTEX_SERVER_BINARY names \`${named}\`, which cannot be run`, {
        hint: 'correct the path, or unset the variable',
      });
}

export function serverBinaryBroken(path: string, cause: unknown): CortexError {
  return cortexError('CX5040', `\`${path} --version\` fails`, {
    cause,
    notes: saidBy(cause),
    hint: INSTALL_HINT,
  });
}

export function serverNotInitialised(binary: ServerBinary, cause: unknown): CortexError {
  return cortexError('CX5041', `\`${binary.path}\` could not make its data directory`, {
    cause,
    notes: saidBy(cause),
    hint: 'look for a full disk or a folder that belongs to another user',
  });
}

export function serverNotStarted(paths: ServerPaths, log: readonly string[]): CortexError {
  return cortexError('CX5041', 'the private server did not start', {
    notes: [`log: ${paths.log}`, ...log],
  });
}

export function serverNotStopped(pid: number): CortexError {
  return cortexError('CX5041', `the private server (process ${pid}) does not stop`, {
    hint: `end it with \`kill -9 ${pid}\`: the next start recovers its data`,
  });
}

export function installFailed(command: string, cause?: unknown): CortexError {
  return cortexError('CX5042', 'no MySQL or MariaDB server could be installed', {
    cause,
    hint: `type: ${command}`,
  });
}

function saidBy(cause: unknown): readonly string[] {
  if (typeof cause === 'string') return [cause];
  const words = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
  return words === '' ? [] : words.split('\n').slice(-10);
}
