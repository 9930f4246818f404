import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';

/** What the system refused; all else is a bug of Cortex, with the stack that its report needs. */
export function unexpectedError(error: unknown): Diagnostic {
  if (isRefusedFile(error)) return fileRefused(error);
  if (isFullDisk(error)) return diskFull(error);
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return diagnostic('CX9001', message.split('\n', 1)[0] ?? message, {
    notes: stack
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
    hint: 'this is a bug of Cortex; report it with the lines above and what you did',
  });
}

const REFUSALS = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
]);

function isRefusedFile(error: unknown): error is NodeJS.ErrnoException & { readonly path: string } {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  return code !== undefined && path !== undefined && REFUSALS.has(code);
}

function fileRefused(error: NodeJS.ErrnoException & { readonly path: string }): Diagnostic {
  return diagnostic('CX1019', `the system refused \`${error.path}\``, {
    notes: [`system: ${error.message}`],
    hint: 'check its permissions and the space on the disk, or choose another `--target-path`',
  });
}

/** The system does not say which file it was once the file is open. */
function isFullDisk(error: unknown): error is NodeJS.ErrnoException {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

function diskFull(error: NodeJS.ErrnoException): Diagnostic {
  return diagnostic('CX1019', 'the system has no room left for a file below the project', {
    notes: [`system: ${error.message}`],
    hint: 'make room on the disk, then run again',
  });
}
