import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../cli/kernel/diagnostic.ts';
import type { Fault, FaultPlan, PlacedFault } from '../../../connectors/simulators/faults.ts';
import { placedFaults } from '../../../connectors/simulators/faults.ts';
import type { JumpingClock } from '../../support/jumping-clock.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { rawDump } from '../../support/raw-dump.ts';
import { rawTables } from '../../support/raw-tables.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { SmallPlatform } from '../../support/small-platforms.ts';
import { SMALL_PLATFORMS } from '../../support/small-platforms.ts';
import { SMALL_SHOP_NOW } from '../../support/small-shop.ts';
import type { Synced, TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

const DAY_MS = 86_400_000;

/** Where a platform's records, and what stands around them, can change their shape. */
interface Shapes {
  readonly stream: string;
  /** The calls that the stream makes, and not the one that proves the credentials. */
  readonly calls?: Pick<PlacedFault, 'path' | 'from'>;
  /** Changes that leave nothing to be read. */
  readonly envelope: readonly (readonly [field: string, to: Envelope['to']])[];
  /** Changes of fields that have columns. */
  readonly fields: readonly (readonly [field: string, to: Envelope['to']])[];
}

type Envelope = Extract<Fault, { kind: 'changed_envelope' }>;

const SHAPES: Readonly<Record<string, Shapes>> = {
  nuvemshop: {
    stream: 'orders',
    envelope: [
      ['', 'numbered'],
      ['', 'text'],
    ],
    fields: [
      ['total', 'object'],
      ['customer', 'text'],
      ['products', 'text'],
    ],
  },
  tray: {
    stream: 'product_variants',
    calls: { path: /products\/variants/ },
    envelope: [
      ['Variants', 'missing'],
      ['Variants', 'numbered'],
      ['paging', 'missing'],
      ['paging', 'text'],
    ],
    fields: [
      ['Variant.price', 'object'],
      ['Variant.Sku', 'text'],
    ],
  },
  shopify: {
    stream: 'orders',
    envelope: [
      ['data', 'missing'],
      ['data.orders', 'null'],
      ['data.orders.nodes', 'numbered'],
      ['data.orders.pageInfo', 'missing'],
    ],
    fields: [
      ['totalPriceSet', 'text'],
      ['name', 'object'],
    ],
  },
  meta_ads: {
    stream: 'ad_insights_daily',
    envelope: [
      ['data', 'missing'],
      ['data', 'numbered'],
      ['paging', 'missing'],
    ],
    fields: [
      ['spend', 'object'],
      ['actions', 'text'],
    ],
  },
  google_ads: {
    stream: 'campaign_daily',
    calls: { path: /googleAds:search$/, from: 2 },
    envelope: [
      ['results', 'numbered'],
      ['results', 'text'],
    ],
    fields: [['metrics', 'text']],
  },
  tiktok_ads: {
    stream: 'ad_report_daily',
    calls: { path: /report\/integrated/ },
    envelope: [
      ['data.list', 'missing'],
      ['data.list', 'numbered'],
      ['data.page_info', 'missing'],
      ['data', 'text'],
    ],
    fields: [['metrics', 'text']],
  },
  ga4: {
    stream: 'traffic_daily',
    envelope: [
      ['rows', 'missing'],
      ['rows', 'numbered'],
      ['rowCount', 'object'],
      ['metricHeaders', 'missing'],
    ],
    fields: [],
  },
};

const always = (fault: Fault, calls: Shapes['calls'] = {}): FaultPlan =>
  placedFaults([{ fault, ...calls, times: Infinity }]);

interface Reading {
  readonly own: TestDatabase;
  readonly side: SmallPlatform;
  readonly origin: string;
  readonly clock: JumpingClock;
  readonly more?: Partial<TestSync>;
}

function read({ own, side, origin, clock, more }: Reading): Promise<Synced> {
  return runSync({
    own,
    clock,
    platform: side.platform,
    accounts: [{ settings: side.settings, origin }],
    streams: [SHAPES[side.platform.name]?.stream ?? ''],
    startDate: '2026-09-28',
    ...more,
  });
}

function problemsOf({ events }: Synced): readonly Diagnostic[] {
  return events.flatMap((event) => (event.type === 'problem' ? [event.diagnostic] : []));
}

describe.each(servers)('$name', (server) => {
  describe.each(SMALL_PLATFORMS)('$platform.label', (side) => {
    const { stream, calls, envelope, fields } = SHAPES[side.platform.name] ?? expect.fail();
    const place = `\`${side.platform.name}.${stream}\` of account`;

    test('an answer of another shape is one message, changes no table, and is read again', async () => {
      const [own, fresh] = [await server.database(), await server.database()];
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock);
      const reading = { own, side, origin: simulator.origin, clock };
      await read(reading);
      const before = await rawTables(own, { volatile: true });
      clock.advance(DAY_MS);

      for (const [field, to] of envelope) {
        simulator.setFaults(always({ kind: 'changed_envelope', field, to }, calls));
        const broken = await read(reading);

        const problems = problemsOf(broken);
        expect({ field, to, status: broken.status }).toEqual({
          field,
          to,
          status: { [stream]: 'error' },
        });
        expect(problems).toHaveLength(1);
        expect(problems[0]?.code).toMatch(/CX720[45]/);
        expect(problems[0]?.message).toContain(place);
        expect(problems[0]?.hint ?? '').not.toBe('');
        expect(await rawTables(own, { volatile: true })).toEqual(before);
      }
      simulator.setFaults(undefined);
      await read(reading);
      await read({ ...reading, own: fresh });
      const { name } = side.platform;
      expect(await rawDump(own, name)).toEqual(await rawDump(fresh, name));
      expect(simulator.problems).toEqual([]);
    });

    test.each(fields)(
      '`%s` that becomes %s is NULL with one warning, and reading the days again mends it',
      async (field, to) => {
        const [own, fresh] = [await server.database(), await server.database()];
        const clock = jumpingClock(SMALL_SHOP_NOW);
        await using simulator = await side.start(clock, {
          faults: always({ kind: 'changed_shape', field, to }, calls),
        });
        const reading = { own, side, origin: simulator.origin, clock };

        const bent = await read(reading);

        expect(bent.status).toEqual({ [stream]: 'success' });
        expect(bent.codes).toEqual(['CX7212']);
        expect(problemsOf(bent)[0]?.message).toContain(place);
        const issues = await own.query(
          'select path, problem from __cortex_sync_issues where kind = "misfit"',
        );
        expect(issues.length).toBeGreaterThan(0);
        expect(JSON.stringify(issues)).not.toContain('not what it was');
        simulator.setFaults(undefined);
        await read({ ...reading, more: { order: { since: '2026-09-28' } } });
        await read({ ...reading, own: fresh });
        const { name } = side.platform;
        expect(await rawDump(own, name)).toEqual(await rawDump(fresh, name));
      },
    );
  });
});
