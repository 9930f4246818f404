import type { ManifestNode } from '../manifest/node.ts';

/** Parts of nodes that are the same for many of them. */
const SHARED_KEYS = ['config', 'unrenderedConfig', 'tags', 'meta', 'macros'] as const;

/** Nodes as they are kept: values that repeat are written once and named by their number. */
export interface PackedNodes {
  readonly values: readonly unknown[];
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
}

/** Writes equal parts once: less to write, to read and to hold. */
export function packNodes(nodes: Iterable<ManifestNode>): PackedNodes {
  const numbers = new Map<string, number>();
  const seen = new Map<unknown, number>();
  const values: unknown[] = [];
  const numberOf = (value: unknown): number => {
    const text = JSON.stringify(value);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, values.length);
    return values.push(value) - 1;
  };
  const packed = [...nodes].map((node) => {
    const parts: Record<string, unknown> = { ...node };
    for (const key of SHARED_KEYS) {
      const value = node[key];
      const number = seen.get(value) ?? numberOf(value);
      seen.set(value, number);
      parts[key] = number;
    }
    return parts;
  });
  return { values, nodes: packed };
}

/** The nodes again, equal parts being one value. */
export function unpackNodes({ values, nodes }: PackedNodes): ManifestNode[] {
  for (const node of nodes as Record<string, unknown>[]) {
    for (const key of SHARED_KEYS) node[key] = values[node[key] as number];
  }
  // Written by `packNodes` of the same version of Cortex.
  return nodes as unknown as ManifestNode[];
}
