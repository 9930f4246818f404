import type { ReadContext } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { unexpectedAnswer } from '../sdk/records-at.ts';
import { textAt, valueAt } from '../sdk/value-source.ts';
import type { ShopifyAccount } from './account.ts';
import type { Operation } from './graphql.ts';
import { ask } from './graphql.ts';

/** The query stands in the document, since the mutation takes it as a text. */
const run = (query: string): Operation => ({
  name: 'bulkRun',
  cost: 10,
  document: `mutation bulkRun($groupObjects: Boolean!) {
  bulkOperationRunQuery(query: ${JSON.stringify(query)}, groupObjects: $groupObjects) {
    bulkOperation { id status } userErrors { field message code }
  }
}`,
});

const POLL: Operation = {
  name: 'bulkPoll',
  cost: 1,
  document: `query bulkPoll($id: ID!) {
  node(id: $id) { ... on BulkOperation {
    id type status errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl
  } }
}`,
};

const POLL_MS = 5000;
const UNDER_WAY: ReadonlySet<string> = new Set(['CREATED', 'RUNNING', 'CANCELING']);
const BATCH = 200;

export interface BulkRead {
  readonly query: string;
  /** Where the children of each type stand in a paged answer; `''` is for children without an id. */
  readonly connections: Readonly<Record<string, string>>;
}

/**
 * Runs a query as a bulk operation and reads its file: an object a line, children right after their parent,
 * with the parent's id. A file without an address has no rows; an operation that ended early never gets here.
 * https://shopify.dev/docs/api/usage/bulk-operations/queries
 */
export async function* bulkRecords(
  context: ReadContext<ShopifyAccount>,
  { query, connections }: BulkRead,
): AsyncGenerator<readonly JsonRecord[], void> {
  const started = await ask(context.http, run(query), { groupObjects: true });
  const url = await fileOf(context, valueAt(started, 'bulkOperationRunQuery.bulkOperation.id'));
  if (url === undefined) return;
  let batch: JsonRecord[] = [];
  for await (const record of grouped(context.http.lines({ url, isAnonymous: true }), connections)) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

async function fileOf(
  context: ReadContext<ShopifyAccount>,
  id: ReturnType<typeof valueAt>,
): Promise<string | undefined> {
  for (;;) {
    const { node } = await ask(context.http, POLL, { id: id ?? null });
    const status = textAt(node, 'status');
    if (status === 'COMPLETED') return addressOf(valueAt(node, 'url'));
    if (!UNDER_WAY.has(status)) throw unexpectedAnswer('the bulk operation has no known `status`');
    const objects = textAt(node, 'objectCount');
    await context.sleep(POLL_MS, `Shopify prepares the file (${objects} objects)`);
  }
}

function addressOf(url: ReturnType<typeof valueAt>): string | undefined {
  if (url === null) return undefined;
  if (typeof url !== 'string') throw unexpectedAnswer('the bulk operation has no `url`');
  return url;
}

/** Puts the lines of a grouped file together again, so that a record looks as it does in a paged answer. */
async function* grouped(
  lines: AsyncIterable<JsonRecord>,
  connections: BulkRead['connections'],
): AsyncGenerator<JsonRecord, void> {
  let parent: JsonRecord | undefined;
  let children: JsonRecord[] = [];
  for await (const line of lines) {
    if (line['__parentId'] === undefined) {
      if (parent !== undefined) yield withChildren(parent, children, connections);
      parent = line;
      children = [];
      continue;
    }
    if (line['__parentId'] !== parent?.['id']) {
      throw new Error('a child in the bulk file does not follow its parent');
    }
    children.push(line);
  }
  if (parent !== undefined) yield withChildren(parent, children, connections);
}

function withChildren(
  parent: JsonRecord,
  children: readonly JsonRecord[],
  connections: BulkRead['connections'],
): JsonRecord {
  const nodes: Record<string, JsonRecord[]> = {};
  for (const name of Object.values(connections)) nodes[name] = [];
  for (const { __parentId: _, ...child } of children) {
    nodes[connections[typeOf(child)] ?? typeOf(child)]?.push(child);
  }
  const filled = Object.entries(nodes).map(([name, list]) => [name, { nodes: list }]);
  return { ...parent, ...Object.fromEntries(filled) };
}

/** `LineItem` of `gid://shopify/LineItem/1`. */
function typeOf(child: JsonRecord): string {
  return /^gid:\/\/shopify\/(\w+)\//.exec(textAt(child, 'id'))?.[1] ?? '';
}
