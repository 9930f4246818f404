import { performance } from 'node:perf_hooks';
import { shopify } from '../../../connectors/shopify/platform.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import type { TestDatabase } from '../../support/server.ts';
import { runSync } from '../../support/sync-run.ts';

/**
 * Syncs the orders of a shop as one process. Prints how long it took, how long it waited for HTTP, and the rows.
 * The platform's own limit is left out: nothing but it would be measured.
 */
const { own, origin, pageSize } = JSON.parse(process.argv[2] ?? '') as {
  own: Pick<TestDatabase, 'name' | 'target'>;
  origin: string;
  pageSize: number;
};

const platform = {
  ...shopify,
  http: { ...shopify.http, rate: { concurrency: 2 } },
  streams: shopify.streams.map((stream) => ({ ...stream, pageSize })),
};
const started = performance.now();
const { results, events, codes } = await runSync({
  own: own as TestDatabase,
  platform: platform as typeof shopify,
  accounts: [
    { settings: { shop: 'loja-aurora.myshopify.com', access_token: 'token-0123456789' }, origin },
  ],
  streams: ['orders'],
  startDate: '2026-10-01',
  clock: { ...jumpingClock('2026-10-02T12:00:00Z'), monotonic: () => performance.now() },
  run: { onEvent: () => undefined },
});
const ms = performance.now() - started;
const httpMs = events.reduce((sum, event) => sum + (event.type === 'answered' ? event.ms : 0), 0);
if (results[0]?.status !== 'success') throw new Error(`the sync failed: ${codes.join(', ')}`);
console.log(JSON.stringify({ ms, httpMs, added: results[0].changes.added }));
