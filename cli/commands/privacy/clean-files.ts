import { readFileSync, rmSync, writeSync, openSync, closeSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import type { ProjectSession } from '../session.ts';
import type { Needles } from './needles.ts';
import { holdsNeedle } from './needles.ts';
import type { FoundFile } from './search-files.ts';
import { searchFiles } from './search-files.ts';
import { EXPORTS, privacyFolder, REPORTS } from './secret.ts';

export interface CleanedFiles {
  /** Artifacts and exports that were deleted, and logs whose lines were blanked. */
  readonly cleaned: readonly string[];
  /** Files of people: seeds, sources of syncs, notes. */
  readonly left: readonly FoundFile[];
  readonly skipped: readonly string[];
}

/** What Cortex wrote below the project is cleaned; everything else is named. `isDry` changes nothing. */
export async function cleanFiles(
  session: ProjectSession,
  needles: Needles,
  isDry: boolean,
): Promise<CleanedFiles> {
  const { directory } = session.project;
  const { found, skipped } = await searchFiles(directory, needles, othersFiles(session));
  const written = found.filter(({ path }) => isWritten(session, path));
  for (const { path } of isDry ? [] : written) {
    if (path.endsWith('.log')) blankLines(join(directory, path), needles);
    else rmSync(join(directory, path));
  }
  return {
    cleaned: written.map(({ path }) => path),
    left: found.filter(({ path }) => !isWritten(session, path)),
    skipped,
  };
}

/** Artifacts, and what requests about persons wrote. */
function isWritten(session: ProjectSession, path: string): boolean {
  const own = relative(session.project.directory, privacyFolder(session));
  const folders = [session.project.targetPath, join(own, EXPORTS), join(own, REPORTS)];
  return folders.some((folder) => isBelow(path, posixPath(folder)));
}

/** The artifacts and the files of other clients: their data is not this client's. */
function othersFiles({ project }: ProjectSession): (path: string) => boolean {
  const { clientCode } = project;
  if (clientCode === undefined) {
    return (path) =>
      isBelow(path, PRIVACY) && ![EXPORTS, REPORTS, 'secret'].includes(path.split('/')[2] ?? '');
  }
  const target = posixPath(project.targetPath);
  const shared = [posix.dirname(target), PRIVACY, '.cortex/credentials'];
  const own = [target, ...shared.slice(1).map((folder) => `${folder}/${clientCode}`)];
  return (path) =>
    shared.some((folder) => isBelow(path, folder)) &&
    !own.some((folder) => path === folder || isBelow(path, folder) || isBelow(folder, path));
}

const PRIVACY = '.cortex/privacy';

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function posixPath(path: string): string {
  return posix.normalize(path.replaceAll('\\', '/')).replace(/\/$/, '');
}

const LINE_FEED = 0x0a;

/** In place, each line as long as before: another run that writes the log goes on at its end. */
function blankLines(path: string, needles: Needles): void {
  const bytes = readFileSync(path);
  const file = openSync(path, 'r+');
  try {
    for (let start = 0; start < bytes.length;) {
      const end = bytes.indexOf(LINE_FEED, start);
      const stop = end === -1 ? bytes.length : end;
      if (holdsNeedle(bytes.toString('utf8', start, stop), needles)) {
        const blank = Buffer.alloc(stop - start, ' ');
        blank.write('{}', 0, 'latin1');
        writeSync(file, blank, 0, blank.length, start);
      }
      start = stop + 1;
    }
  } finally {
    closeSync(file);
  }
}
