import type { ManifestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';

/** Parts of nodes that are the same for many of them. */
const SHARED_KEYS = ['config', 'unrenderedConfig', 'tags', 'meta', 'macros'] as const;

/** What finds and completes the texts of nodes, which stand one after the other, a line each. */
export interface NodeTextIndex {
  readonly ids: readonly NodeId[];
  /** Bytes of each text, in the same order. */
  readonly lengths: readonly number[];
  /** Equal parts of nodes, written once and named by their number in the texts. */
  readonly values: readonly unknown[];
}

/** Nodes as texts that can be read one by one. */
export interface NodeTexts {
  readonly index: NodeTextIndex;
  readonly texts: readonly string[];
}

export function nodeTexts(nodes: ReadonlyMap<NodeId, ManifestNode>): NodeTexts {
  const values: unknown[] = [];
  const numberOf = numbering(values);
  const texts = Array.from(nodes.values(), (node) => {
    const parts: Record<string, unknown> = { ...node };
    for (const key of SHARED_KEYS) parts[key] = numberOf(node[key]);
    return JSON.stringify(parts);
  });
  const lengths = texts.map((text) => Buffer.byteLength(text));
  return { index: { ids: [...nodes.keys()], lengths, values }, texts };
}

/** Equal values get one number, their place in `values`. */
function numbering(values: unknown[]): (value: unknown) => number {
  const byText = new Map<string, number>();
  const byValue = new Map<unknown, number>();
  const numberOfText = (text: string, value: unknown): number => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    byText.set(text, values.length);
    return values.push(value) - 1;
  };
  return (value) => {
    const number = byValue.get(value) ?? numberOfText(JSON.stringify(value), value);
    byValue.set(value, number);
    return number;
  };
}

/** The nodes of texts, each read when it is first asked for. */
export class KeptNodes implements ReadonlyMap<NodeId, ManifestNode> {
  readonly #texts: Buffer;
  readonly #index: NodeTextIndex;
  /** Where the text of each node begins and ends. */
  readonly #places = new Map<NodeId, readonly [start: number, end: number]>();
  readonly #read = new Map<NodeId, ManifestNode>();

  /** `newer` take the place of nodes that are kept. */
  constructor(index: NodeTextIndex, texts: Buffer, newer: Iterable<ManifestNode>) {
    this.#texts = texts;
    this.#index = index;
    let start = 0;
    for (const [number, id] of index.ids.entries()) {
      const end = start + (index.lengths[number] ?? 0);
      this.#places.set(id, [start, end]);
      start = end + 1;
    }
    for (const node of newer) this.#read.set(node.id, node);
  }

  /** False where the texts are not those that the index was made with. */
  static isWhole({ lengths }: NodeTextIndex, texts: Buffer): boolean {
    const breaks = Math.max(0, lengths.length - 1);
    return texts.length === lengths.reduce((sum, length) => sum + length, breaks);
  }

  with(newer: readonly ManifestNode[]): KeptNodes {
    return new KeptNodes(this.#index, this.#texts, [...this.#read.values(), ...newer]);
  }

  get size(): number {
    return this.#places.size;
  }

  has(id: NodeId): boolean {
    return this.#places.has(id);
  }

  get(id: NodeId): ManifestNode | undefined {
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    const place = this.#places.get(id);
    if (place === undefined) return undefined;
    const node = completed(this.#texts.toString('utf8', ...place), this.#index.values);
    this.#read.set(id, node);
    return node;
  }

  keys(): MapIterator<NodeId> {
    return this.#places.keys();
  }

  *values(): MapIterator<ManifestNode> {
    for (const [, node] of this) yield node;
  }

  entries(): MapIterator<[NodeId, ManifestNode]> {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator](): MapIterator<[NodeId, ManifestNode]> {
    for (const id of this.#places.keys()) {
      const node = this.get(id);
      if (node !== undefined) yield [id, node];
    }
  }

  forEach(visit: (node: ManifestNode, id: NodeId, nodes: this) => void): void {
    for (const [id, node] of this) visit(node, id, this);
  }
}

function completed(text: string, values: readonly unknown[]): ManifestNode {
  const node = JSON.parse(text) as Record<string, unknown>;
  for (const key of SHARED_KEYS) node[key] = values[node[key] as number];
  // Written by `nodeTexts` of the same version of Cortex.
  return node as unknown as ManifestNode;
}
