import { join } from 'node:path';
import { z } from 'zod';
import { CortexError } from '../kernel/errors.ts';
import { hasErrors } from '../kernel/outcome.ts';
import { readText, writeTextAtomically } from '../platform/fs.ts';
import type { Project } from './project.ts';
import { validate } from './validate.ts';
import { parseYaml, yamlText } from './yaml.ts';

/** Items by id, with the moment at which they were ticked: ISO 8601 in UTC. */
const ticksSchema = z.record(
  z.string(),
  z.iso.datetime({ error: 'must be a moment such as `2026-11-26T09:00:00.000Z`' }),
);

export type Ticks = Readonly<Record<string, string>>;

type Place = Pick<Project, 'directory' | 'clientCode'>;

const CODES = { invalid: 'CX1101', unknownKey: 'CX1102' } as const;
const HEAD = '# What people have ticked: `cortex onboarding done <item>` and `undo` write it.\n';

/** What people have ticked; in a file of the project, so that it is there before any database is. Throws CX1101, CX1103. */
export function readTicks(place: Place): Ticks {
  const file = ticksFile(place);
  const text = readText(join(place.directory, file));
  if (text === undefined) return {};
  const { value: yaml, diagnostics } = parseYaml(text, file);
  if (hasErrors(diagnostics)) throw new CortexError(diagnostics);
  if (yaml === undefined) return {};
  const checked = validate(ticksSchema, yaml, file, CODES);
  if (checked.value === undefined) throw new CortexError(checked.diagnostics);
  return checked.value;
}

/** `now` is in milliseconds since the Unix epoch. */
export function tick(place: Place, id: string, now: number): void {
  writeTicks(place, { ...readTicks(place), [id]: new Date(now).toISOString() });
}

export function untick(place: Place, id: string): void {
  const { [id]: _gone, ...rest } = readTicks(place);
  writeTicks(place, rest);
}

function writeTicks(place: Place, ticks: Ticks): void {
  const sorted = Object.fromEntries(
    Object.entries(ticks).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
  const text = Object.keys(sorted).length === 0 ? '' : yamlText(sorted);
  writeTextAtomically(join(place.directory, ticksFile(place)), `${HEAD}${text}`);
}

/** Relative to the project directory; every client has its own. */
function ticksFile({ clientCode }: Place): string {
  return clientCode === undefined ? 'onboarding.yml' : `onboarding/${clientCode}.yml`;
}
