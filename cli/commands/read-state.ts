import { join } from 'node:path';
import { CortexError } from '../kernel/errors.ts';
import type { ComparisonInputs } from '../graph/selection.ts';
import type {
  ComparableNode,
  FreshnessRecord,
  PreviousResult,
  PreviousState,
} from '../graph/state/previous-state.ts';
import { readText } from '../platform/fs.ts';
import { stateUnreadable } from './messages.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What an earlier run left in a directory, as far as it is there. Throws CX1003 for a broken file. */
export function readState(directory: string, targetPath: string): ComparisonInputs {
  const state = readArtifact(join(directory, 'cortex_state.json'), asState);
  const results = readArtifact(join(directory, 'run_results.json'), asResults);
  const previousFreshness = readArtifact(join(directory, 'sources.json'), asFreshness);
  const currentFreshness = readArtifact(join(targetPath, 'sources.json'), asFreshness);
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

function readArtifact<T>(path: string, convert: (value: Fields) => T): T | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    return convert(JSON.parse(text) as Fields);
  } catch (cause) {
    throw new CortexError([stateUnreadable(path, 'it is not the JSON that Cortex writes')], {
      cause,
    });
  }
}

function asState(value: Fields): PreviousState {
  // Written by `writeManifest` of this or an earlier run: its version says that the shape is this one.
  if (value['version'] !== 1) throw new Error('another version');
  const nodes = value['nodes'] as readonly ComparableNode[];
  const macros = value['macros'] as Readonly<Record<string, string>>;
  return {
    nodes: new Map(nodes.map((node) => [node.id, node])),
    macros: new Map(Object.entries(macros)),
  };
}

function rowsOf(value: Fields): readonly Fields[] {
  const rows = value['results'];
  if (!Array.isArray(rows)) throw new Error('no results');
  return rows as readonly Fields[];
}

function asResults(value: Fields): readonly PreviousResult[] {
  return rowsOf(value).map((row) => ({
    id: String(row['unique_id']),
    status: String(row['status']),
  }));
}

function asFreshness(value: Fields): readonly FreshnessRecord[] {
  return rowsOf(value).map((row) => ({
    id: String(row['unique_id']),
    ...(typeof row['max_loaded_at'] === 'string' ? { maxLoadedAt: row['max_loaded_at'] } : {}),
  }));
}
