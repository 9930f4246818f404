import type { SimulatorContext, SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import type { ShopWorld } from '../shop/world-records.ts';
import { bulkFile } from './bulk-file.ts';
import { checked, executed } from './execution.ts';
import { queryRoot } from './root.ts';
import type { ShopifyState } from './state.ts';
import { dateTime, optionalDateTime } from './values.ts';

type Context = SimulatorContext<ShopWorld, ShopifyState>;

export interface BulkRequest {
  readonly query: string;
  readonly groupObjects: boolean;
}

/** Starts an operation, unless one is running or the query does not fit the schema. */
export function startBulk(
  { query, groupObjects }: BulkRequest,
  { world, state, now }: Pick<Context, 'world' | 'state'> & { readonly now: number },
) {
  const running = [...state.bulk.values()].find((one) => state.isRunning(one));
  if (running !== undefined) {
    const message = `A bulk query operation for this app and shop is already in progress: ${running.id}.`;
    return {
      bulkOperation: null,
      userErrors: [{ field: null, message, code: 'OPERATION_IN_PROGRESS' }],
    };
  }
  const document = checked(query);
  if ('problems' in document) {
    const message = document.problems.map((problem) => problem.message).join('; ');
    const userErrors = [{ field: ['query'], message, code: 'INVALID' }];
    return { bulkOperation: null, userErrors };
  }
  const asked = { world, now, isBulk: true, shift: 0 };
  const { data } = executed({ document, variables: {} }, queryRoot(asked), asked);
  const operation = state.addBulk(bulkFile(data ?? {}, groupObjects));
  return { bulkOperation: { id: operation.id, status: 'CREATED' }, userErrors: [] };
}

/** An operation as it is polled; its file has an address once it is complete and not empty. */
export function bulkRecord(id: string, state: ShopifyState, origin: string) {
  const operation = state.bulk.get(id);
  if (operation === undefined) return null;
  const isRunning = state.isRunning(operation);
  const isEmpty = operation.text === '';
  const file = id.replace(/\D/g, '');
  return {
    __typename: 'BulkOperation',
    id,
    type: 'QUERY',
    status: isRunning ? 'RUNNING' : 'COMPLETED',
    errorCode: null,
    createdAt: dateTime(operation.createdAt),
    completedAt: optionalDateTime(isRunning ? undefined : state.endOf(operation)),
    objectCount: isRunning ? '0' : String(operation.objectCount),
    rootObjectCount: isRunning ? '0' : String(operation.rootObjectCount),
    fileSize: isRunning || isEmpty ? null : String(Buffer.byteLength(operation.text)),
    url: isRunning || isEmpty ? null : `${origin}/bulk-operation-outputs/${file}.jsonl`,
    partialDataUrl: null,
  };
}

/** The file of an operation; its address is a secret of its own. */
export function giveFile(request: SimulatorRequest, { state }: Context): SimulatorResponse {
  const id = `gid://shopify/BulkOperation/${request.parameters['file']?.replace('.jsonl', '')}`;
  const found = state.bulk.get(id);
  if (found === undefined) return { status: 404, body: { errors: 'Not Found' } };
  return { status: 200, headers: { 'content-type': 'application/jsonl' }, body: found.text };
}
