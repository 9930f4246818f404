import { join } from 'node:path';
import { CortexError } from '../../kernel/errors.ts';
import { isFile, readText, writeTextAtomically } from '../../platform/fs.ts';
import { directoryIsProject, otherDemo } from '../messages.ts';
import type { DemoOptions } from './demo-schedule.ts';

/** What a demo directory remembers between two calls. */
export interface DemoState {
  readonly options: DemoOptions;
  /** Place in the schedule of the last sync that was begun. */
  readonly day: number;
  /** Ports of the simulated platforms by name: used again where they are free. */
  readonly ports: Readonly<Record<string, number>>;
}

const FILE = 'demo.json';
const PROJECT_FILE = 'cortex_project.yml';

/** The demo of a directory, or a new one. Throws CX1013 where a demo of another shop stands, CX1007 where a project does. */
export function readDemoState(directory: string, options: DemoOptions): DemoState {
  const text = readText(join(directory, FILE));
  if (text === undefined) {
    // What stands there is somebody's own.
    if (isFile(join(directory, PROJECT_FILE)))
      throw new CortexError([directoryIsProject(directory)]);
    return { options, day: 0, ports: {} };
  }
  const state = parsed(text);
  const isSame = (['orders', 'days', 'seed'] as const).every(
    (name) => state?.options[name] === options[name],
  );
  if (state === undefined || !isSame) throw new CortexError([otherDemo(directory, state?.options)]);
  return state;
}

/** The state that was written; `undefined` for a text that somebody broke. */
function parsed(text: string): DemoState | undefined {
  try {
    const state = JSON.parse(text) as DemoState;
    return typeof state.options === 'object' && Number.isInteger(state.day) ? state : undefined;
  } catch {
    return undefined;
  }
}

export function writeDemoState(directory: string, state: DemoState): void {
  writeTextAtomically(join(directory, FILE), `${JSON.stringify(state, undefined, 2)}\n`);
}
