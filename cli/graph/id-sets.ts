import type { NodeId } from '../manifest/node-id.ts';

export type Ids = ReadonlySet<NodeId>;

export const NO_IDS: Ids = new Set();

/** The first set itself where it holds all of the others. */
export function union(sets: readonly Ids[]): Ids {
  const [first = NO_IDS, ...others] = sets.filter((set) => set.size > 0);
  let all: Set<NodeId> | undefined;
  for (const set of others) {
    for (const id of set) if (!first.has(id)) (all ??= new Set(first)).add(id);
  }
  return all ?? first;
}

/** What is in all of the sets; nothing when there are none. */
export function intersection(sets: readonly Ids[]): Ids {
  const [smallest, ...others] = [...sets].sort((a, b) => a.size - b.size);
  if (smallest === undefined) return NO_IDS;
  return others.length === 0
    ? smallest
    : kept(smallest, (id) => others.every((set) => set.has(id)));
}

export function difference(from: Ids, minus: Ids): Ids {
  return minus.size === 0 ? from : kept(from, (id) => !minus.has(id));
}

function kept(ids: Ids, isKept: (id: NodeId) => boolean): Ids {
  const result = new Set<NodeId>();
  for (const id of ids) if (isKept(id)) result.add(id);
  return result;
}
