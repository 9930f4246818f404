import { connectTarget } from '../../cli/warehouse/connect.ts';
import { ConversionOutbox } from '../../cli/warehouse/state/conversion-outbox.ts';
import { ConversionRequests } from '../../cli/warehouse/state/conversion-requests.ts';
import { openHttpWorld } from '../../connectors/runner/http/open-http-world.ts';
import type { HttpTimeouts } from '../../connectors/runner/http/timeouts.ts';
import { DEFAULT_TIMEOUTS } from '../../connectors/runner/http/timeouts.ts';
import type { ConsentPolicy } from '../../tracking/conversion/consent.ts';
import type { ConversionSettings } from '../../tracking/conversion/settings.ts';
import { ConversionSource } from '../../tracking/outbox/conversion-source.ts';
import { checkRequests } from '../../tracking/outbox/check-requests.ts';
import { destinationOf } from '../../tracking/outbox/destination.ts';
import { askThrough, postThrough } from '../../tracking/outbox/post.ts';
import { queueAndSend } from '../../tracking/outbox/queue-and-send.ts';
import { Sender } from '../../tracking/outbox/sender.ts';
import { conversionsSchema } from '../../tracking/outbox/settings-schema.ts';
import type { JumpingClock } from './jumping-clock.ts';
import type { TestDatabase } from './server.ts';

export const TOKEN = 'conversion-token-0123456789';

/** Makes the two relations of a shop: what is sent, and the customers in clear. */
export async function createConversionTables(own: TestDatabase): Promise<void> {
  await own.query(`CREATE TABLE fct_conversions (
    order_id varchar(64) PRIMARY KEY, occurred_at datetime(3) NOT NULL, currency varchar(8),
    total decimal(18,2), net_total decimal(18,2), changed_at datetime(3), is_cancelled tinyint(1),
    event_source_url varchar(255), items json, gclid varchar(255), fbp varchar(255),
    consent_marketing varchar(16), consent_revoked_at datetime(3), identity_key varchar(64))`);
  await own.query(`CREATE TABLE customer_identity (
    identity_key varchar(64) PRIMARY KEY, customer_id varchar(64), email varchar(255),
    phone varchar(64), full_name varchar(255), postal_code varchar(16), country varchar(64),
    ip varchar(64), user_agent varchar(255))`);
}

/** The values that must never be seen outside of the two relations. */
export const MARKED = ['marked.person', '98765-4321', '987654321', 'Marcada', 'marcada'];

export interface TestOrder {
  readonly id: string;
  readonly occurredAt?: string;
  readonly total?: string;
  readonly currency?: string;
  readonly consent?: string;
}

/** Rows of one statement. */
const CHUNK = 500;

export async function addOrders(own: TestDatabase, orders: readonly TestOrder[]): Promise<void> {
  for (let start = 0; start < orders.length; start += CHUNK) {
    const part = orders.slice(start, start + CHUNK);
    await own.query(`INSERT INTO fct_conversions VALUES ${part.map(conversionValues).join(', ')}`);
    await own.query(`INSERT INTO customer_identity VALUES ${part.map(personValues).join(', ')}`);
  }
}

function conversionValues(order: TestOrder): string {
  const { id, occurredAt = '2026-11-22 12:00:00', total = '449.70' } = order;
  return `('${id}', '${occurredAt}', '${order.currency ?? 'BRL'}', ${total}, ${total}, NULL, 0,
    'https://loja.example/obrigado', '[{"id": "CAM-1", "quantity": 2, "unit_price": "89.90"}]',
    'click-${id}', 'fb.1.1596403881668.1116446470', '${order.consent ?? 'granted'}', NULL, 'p${id}')`;
}

function personValues({ id }: TestOrder): string {
  return `('p${id}', 'C-${id}', 'marked.person+${id}@example.com', '(11) 98765-4321',
    'Pessoa Marcada ${id}', '01310-100', 'Brasil', '177.32.10.9', 'Mozilla/5.0')`;
}

export const GOOGLE_ACCESS = {
  client_id: 'client',
  client_secret: 'client-secret-0123456789',
  refresh_token: TOKEN,
};

export interface TestRun {
  readonly own: TestDatabase;
  readonly clock: JumpingClock;
  /** As in the project file, by the destination's name. */
  readonly destinations: Readonly<Record<string, object>>;
  readonly name: string;
  readonly worker?: string;
  readonly limit?: number;
  readonly policy?: ConsentPolicy;
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly signal?: AbortSignal;
  /** Awaited before each request goes out. */
  readonly beforePost?: () => Promise<void>;
  /** Awaited before orders are read. */
  readonly beforeRead?: (orderIds: readonly string[]) => Promise<void>;
  /** Sends only what is queued already. */
  readonly withoutQueue?: boolean;
}

/** Queues and sends once, as `cortex convert` does, through sockets of its own. */
export async function runConversions(run: TestRun) {
  const { own, clock, name, signal = new AbortController().signal } = run;
  const config = conversionsSchema.parse({
    identity: 'customer_identity',
    destinations: run.destinations,
  });
  const chosen = config.destinations[name];
  if (chosen === undefined) throw new Error(`no destination ${name}`);
  await using database = await connectTarget(own.target, { runId: 'test-run' });
  await using connection = await database.connect();
  await using world = await openHttpWorld({ clock, signal, random: () => 0.5 });
  const outbox = await ConversionOutbox.open(connection);
  const source = await ConversionSource.open(connection, {
    model: { database: own.name, name: config.model },
    identity: { database: own.name, name: 'customer_identity' },
    identityKey: config.identity_key,
  });
  const settings: ConversionSettings = {
    timeZone: 'America/Sao_Paulo',
    defaultCountry: config.default_country,
    eventIdTemplate: config.event_id,
    valueBasis: config.value_basis,
    consentPolicy: run.policy ?? config.consent_policy,
    externalIdKind: config.external_id,
  };
  const destination = destinationOf(name, chosen);
  const requests = await ConversionRequests.open(connection);
  const ask = askThrough({ ...world, timeouts: { ...DEFAULT_TIMEOUTS, ...run.timeouts } });
  const checked = await checkRequests({ requests, destination, clock, signal, ask });
  const post = postThrough({ ...world, timeouts: { ...DEFAULT_TIMEOUTS, ...run.timeouts } });
  const options = {
    outbox,
    source,
    destination,
    settings,
    since: undefined,
    now: clock.now(),
    clock,
    signal,
    worker: run.worker ?? 'one',
    limit: run.limit,
    read: async (ids: readonly string[]) => {
      await run.beforeRead?.(ids);
      return source.read(ids);
    },
    post: async (...request: Parameters<typeof post>) => {
      await run.beforePost?.();
      return post(...request);
    },
  };
  if (run.withoutQueue !== true) return { checked, ...(await queueAndSend(options)) };
  const sender = await Sender.open(options);
  await sender.sendDue();
  return { checked, queued: 0, summary: sender.summary };
}

/** The outbox by event, without its times. */
export async function outboxRows(own: TestDatabase) {
  const rows = await own.query(
    `SELECT event_id, revision, operation, status, code, attempts, request_id,
      sent_at IS NOT NULL AS is_sent, unknown_since IS NOT NULL AS is_unknown
     FROM __cortex_conversions ORDER BY destination, event_id, revision`,
  );
  return rows.map((row) => ({
    event: `${String(row['event_id'])}#${String(row['revision'])}`,
    operation: String(row['operation']),
    status: String(row['status']),
    code: row['code'] as string | null,
    attempts: Number(row['attempts']),
    requestId: row['request_id'],
    isSent: Number(row['is_sent']) === 1,
    isUnknown: Number(row['is_unknown']) === 1,
  }));
}
