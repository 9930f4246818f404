import { sha256 } from '../../../cli/kernel/hash.ts';
import type { PiiKind, PiiPath } from '../../sdk/definition.ts';
import type { JsonScalar } from '../../sdk/json.ts';
import { pathSteps } from '../../sdk/value-source.ts';
import { normalForm } from './normal-form.ts';

/** What lands of personal data: the value, the hash of its normal form, or nothing. */
export type PiiMode = 'keep' | 'hash' | 'drop';

/** What is done with the values below one place of a record. Lists are passed through. */
export interface PiiTree {
  /** Everything at this place and below it is treated like this. */
  readonly treatment?: Treatment;
  readonly fields: ReadonlyMap<string, PiiTree>;
}

export interface Treatment {
  readonly mode: 'hash' | 'drop';
  readonly kind: PiiKind;
}

/** A path whose values are treated. */
export interface PiiRule extends PiiPath {
  readonly mode: 'hash' | 'drop';
}

/** The tree of some paths; `undefined` where everything is kept. */
export function piiTree(rules: readonly PiiRule[]): PiiTree | undefined {
  if (rules.length === 0) return undefined;
  return treeOf(
    rules.map(({ path, kind, mode }) => ({
      keys: pathSteps(path).map(({ key }) => key),
      treatment: { mode, kind },
    })),
  );
}

interface TreatedPath {
  readonly keys: readonly string[];
  readonly treatment: Treatment;
}

function treeOf(paths: readonly TreatedPath[]): PiiTree {
  const here = paths.find(({ keys }) => keys.length === 0);
  const names = new Set(paths.flatMap(({ keys }) => keys.slice(0, 1)));
  const fields = new Map(
    [...names].map((name) => {
      const below = paths.filter(({ keys }) => keys[0] === name);
      return [name, treeOf(below.map((path) => ({ ...path, keys: path.keys.slice(1) })))] as const;
    }),
  );
  return { fields, ...(here === undefined ? {} : { treatment: here.treatment }) };
}

/** What is done with the value at a path (`customer.email`, `lines[].note`), by itself or a place above it. */
export function treatmentAt(tree: PiiTree | undefined, path: string): Treatment | undefined {
  let node = tree;
  for (const { key } of pathSteps(path)) {
    if (node?.treatment !== undefined) return node.treatment;
    node = node?.fields.get(key);
  }
  return node?.treatment;
}

/** One value, treated. SHA-256 in lower-case hex; what names nobody becomes null. */
export function treated(value: JsonScalar, { mode, kind }: Treatment): JsonScalar {
  if (mode === 'drop') return null;
  if (typeof value === 'boolean' || value === null) return value;
  const normal = normalForm(String(value), kind);
  return normal === undefined ? null : sha256(normal);
}
