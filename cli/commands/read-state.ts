import { join } from 'node:path';
import { CortexError } from '../kernel/errors.ts';
import type { ComparisonInputs } from '../graph/selection.ts';
import {
  readFreshness,
  readPreviousResults,
  readPreviousState,
} from '../graph/state/read-artifacts.ts';
import { readText } from '../platform/fs.ts';
import { stateUnreadable } from './messages.ts';

/**
 * What an earlier run, of Cortex or of dbt, left in a directory, as far as it is there. Throws CX1003
 * for a broken file.
 */
export function readState(directory: string, targetPath: string): ComparisonInputs {
  const state = readArtifact(join(directory, 'manifest.json'), readPreviousState);
  const results = readArtifact(join(directory, 'run_results.json'), readPreviousResults);
  const previousFreshness = readArtifact(join(directory, 'sources.json'), readFreshness);
  const currentFreshness = readArtifact(join(targetPath, 'sources.json'), readFreshness);
  if (state === undefined && results === undefined && previousFreshness === undefined) {
    throw new CortexError([stateUnreadable(directory, 'it holds none of the files')]);
  }
  return {
    ...(state === undefined ? {} : { state }),
    ...(results === undefined ? {} : { results }),
    ...(previousFreshness === undefined ? {} : { previousFreshness }),
    ...(currentFreshness === undefined ? {} : { currentFreshness }),
  };
}

function readArtifact<T>(path: string, read: (value: unknown) => T): T | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    return read(JSON.parse(text));
  } catch (cause) {
    throw new CortexError([stateUnreadable(path, 'it is not the JSON that a run writes')], {
      cause,
    });
  }
}
