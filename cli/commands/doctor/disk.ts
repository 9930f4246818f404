import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import type { TargetConfig } from '../../manifest/target.ts';
import { diskSpace } from '../../platform/fs.ts';
import { serverPaths } from '../../server/server-paths.ts';
import { literal } from '../../sql/literal.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok, warn } from '../../warehouse/diagnosis/check.ts';
import type { ProjectSession } from '../session.ts';
import type { Patient } from './finding.ts';

const MEGABYTE = 1024 * 1024;
/** Less than this, and nothing can be written before long. */
const LEAST = 256 * MEGABYTE;
/** Less than this is told. */
const LOW = 2048 * MEGABYTE;

/** Room for artifacts, logs and credentials: the disk of the target path. */
export function projectDisk(session: ProjectSession): readonly Check[] {
  return roomCheck('project', standing(session.targetFile()), 0);
}

/**
 * Room for a new version of the largest table beside the one that stands, where the server's data lie on this
 * machine; of other servers nobody can tell it through SQL.
 */
export async function* serverDisk({ session, database }: Patient): AsyncGenerator<Check> {
  const { target, directory } = session.project;
  const folder =
    target.type === 'local'
      ? serverPaths(directory).data
      : isHere(target)
        ? String((await database.control.query('SELECT @@datadir AS folder'))[0]?.['folder'])
        : undefined;
  if (folder === undefined) return;
  const [row] = await database.control.query(
    `SELECT MAX(data_length + index_length) AS bytes FROM information_schema.tables WHERE table_schema = ${literal(database.database)}`,
  );
  yield* roomCheck('server', folder, Number(row?.['bytes'] ?? 0));
}

/** `bytes`: what is needed beside what is always needed. */
function roomCheck(name: string, path: string, bytes: number): readonly Check[] {
  const space = diskSpace(path);
  if (space === undefined) return [];
  const { free, total } = space;
  const left = `${sizeText(free)} of ${sizeText(total)} are free at ${path}`;
  const hint = 'make room: `cortex clean` deletes artifacts, and old tables can be dropped';
  if (free < LEAST + bytes) {
    const needed = bytes === 0 ? '' : `, and the largest table takes ${sizeText(bytes)}`;
    return [fail(name, `${left}${needed}`, hint)];
  }
  return [free < LOW + bytes ? warn(name, left, hint) : ok(name, left)];
}

function isHere(target: Extract<TargetConfig, { type: 'mysql' }>): boolean {
  const { socket, host } = target;
  return (
    socket !== undefined ||
    host === 'localhost' ||
    (isIP(host) !== 0 && /^(?:127\.|::1$)/.test(host))
  );
}

/** The path, or the nearest folder above it that is there. */
function standing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : standing(dirname(path));
}

function sizeText(bytes: number): string {
  const megabytes = Math.floor(bytes / MEGABYTE);
  return megabytes < 10_240 ? `${megabytes} MB` : `${Math.floor(megabytes / 1024)} GB`;
}
