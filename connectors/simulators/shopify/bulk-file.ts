type Json = Readonly<Record<string, unknown>>;

export interface BulkFile {
  readonly text: string;
  readonly objectCount: number;
  readonly rootObjectCount: number;
}

/**
 * The file of a bulk operation: an object a line, the objects of its connections as lines of their own with
 * its id; right after it when grouped, else after all roots.
 */
export function bulkFile(data: Json, groupObjects: boolean): BulkFile {
  const roots: string[] = [];
  const later: string[] = [];
  let children = 0;
  for (const root of Object.values(data).flatMap(nodesOf)) {
    const { own, inner } = parts(root);
    roots.push(JSON.stringify(own));
    for (const child of inner) {
      children += 1;
      const line = JSON.stringify({ ...child, __parentId: own['id'] });
      (groupObjects ? roots : later).push(line);
    }
  }
  const lines = [...roots, ...later];
  return {
    text: lines.map((line) => `${line}\n`).join(''),
    objectCount: lines.length,
    rootObjectCount: lines.length - children,
  };
}

function parts(record: Json): { own: Json; inner: readonly Json[] } {
  const entries = Object.entries(record);
  return {
    own: Object.fromEntries(entries.filter(([, value]) => !isConnection(value))),
    inner: entries.flatMap(([, value]) => (isConnection(value) ? nodesOf(value) : [])),
  };
}

function isConnection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'edges' in value;
}

function nodesOf(connection: unknown): readonly Json[] {
  const { edges } = connection as { readonly edges: readonly { readonly node: Json }[] };
  return edges.map(({ node }) => node);
}
