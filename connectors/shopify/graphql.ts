import type { ReadContext } from '../sdk/definition.ts';
import type { PlatformHttp } from '../sdk/http.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { recordsIn, unexpectedAnswer } from '../sdk/records-at.ts';
import { isRecord, valueAt } from '../sdk/value-source.ts';
import type { ShopifyAccount } from './account.ts';
import { GRAPHQL_PATH } from './api.ts';

export interface Operation {
  /** Sent as `operationName`, and the name of the query in the document. */
  readonly name: string;
  readonly document: string;
  /** Points that the query costs at most; the bucket is asked for them before it is sent. */
  readonly cost: number;
}

/** Sends one GraphQL operation. Errors never arrive here: the policy has judged them. */
export async function ask(
  http: PlatformHttp,
  { name, document, cost }: Operation,
  variables: Readonly<Record<string, JsonValue>>,
): Promise<JsonRecord> {
  const answer = await http.send({
    method: 'POST',
    url: GRAPHQL_PATH,
    json: { operationName: name, query: document, variables },
    cost,
  });
  const data = typeof answer === 'string' ? undefined : valueAt(answer.body, 'data');
  if (!isRecord(data)) throw unexpectedAnswer('`data` is missing');
  return data;
}

export interface ConnectionRead {
  readonly operation: Operation;
  /** The connection's field: `orders`. */
  readonly field: string;
  /** Shopify's search text: `updated_at:>='…' AND updated_at:<'…'`. */
  readonly search: string;
  /** Connections inside each record that are read to their end. */
  readonly inner?: readonly InnerConnection[];
}

export interface InnerConnection {
  readonly field: string;
  /** Asks for what did not come with the record, under the names `owner` and `connection`, by `id` and `after`. */
  readonly more: Operation;
}

/** Pages through a connection of the shop by its cursor, until Shopify says that there is no next page. */
export async function* connectionPages(
  context: ReadContext<ShopifyAccount>,
  { operation, field, search, inner = [] }: ConnectionRead,
): AsyncGenerator<readonly JsonRecord[], void> {
  let after: string | null = null;
  do {
    const variables = { first: context.pageSize, after, query: search };
    const data: JsonRecord = await ask(context.http, operation, variables);
    const connection = data[field];
    const records: JsonRecord[] = [];
    for (const record of nodesOf(connection, field)) {
      records.push(await completed(context.http, record, inner));
    }
    yield records;
    after = nextCursor(connection, field);
  } while (after !== null);
}

/** A record whose inner connections hold all their nodes, and nothing else. */
export async function completed(
  http: PlatformHttp,
  record: JsonRecord,
  inner: readonly InnerConnection[],
): Promise<JsonRecord> {
  const whole: Record<string, JsonValue | undefined> = { ...record };
  for (const { field, more } of inner) {
    const nodes = [...nodesOf(record[field], field)];
    let after = isWhole(record[field]) ? null : nextCursor(record[field], field);
    while (after !== null) {
      const data = await ask(http, more, { id: record['id'] ?? null, after });
      const connection = valueAt(data, 'owner.connection');
      nodes.push(...nodesOf(connection, field));
      after = nextCursor(connection, field);
    }
    whole[field] = { nodes };
  }
  return whole;
}

function nodesOf(connection: JsonValue | undefined, field: string): readonly JsonRecord[] {
  return recordsIn(valueAt(connection, 'nodes'), `${field}.nodes`);
}

/** A connection inside a record that says nothing of pages: recorded answers leave that out where all nodes came. */
function isWhole(connection: JsonValue | undefined): boolean {
  return valueAt(connection, 'pageInfo') === undefined;
}

/** The cursor of the next page, or null after the last. */
function nextCursor(connection: JsonValue | undefined, field: string): string | null {
  const hasNext = valueAt(connection, 'pageInfo.hasNextPage');
  if (typeof hasNext !== 'boolean') throw unexpectedAnswer(`\`${field}.pageInfo\` is missing`);
  if (!hasNext) return null;
  const cursor = valueAt(connection, 'pageInfo.endCursor');
  if (typeof cursor !== 'string') throw unexpectedAnswer(`\`${field}.pageInfo\` has no cursor`);
  return cursor;
}
