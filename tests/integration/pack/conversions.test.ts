import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { metaConversionsSimulator } from '../../../connectors/simulators/conversions/meta.ts';
import { manualClock } from '../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { packProject } from '../../support/pack-project.ts';
import { servers } from '../../support/server.ts';
import { stagedItem, stagedOrder, stagedRefund, stageRows } from '../../support/staged-rows.ts';

const TOKEN = 'conversion-token-0123456789';
const MINUTES = 60_000;
/** What the clock of the command line under test says. */
const NOW = Date.parse('2026-11-23T09:00:00Z');
const HOUR = 3_600_000;

/** `2026-11-25 13:00:00`, UTC. */
const hoursAgo = (hours: number): string =>
  new Date(NOW - hours * HOUR).toISOString().slice(0, 19).replace('T', ' ');

const order = (id: string, more: Record<string, string | number | null> = {}) =>
  stagedOrder({
    external_order_id: id,
    external_customer_id: `c${id}`,
    created_at: hoursAgo(30),
    ...more,
  });

const ROWS = {
  orders: [
    order('1', {
      shipping_revenue: 10,
      landing_site: 'https://loja.example/?utm_source=x',
    }),
    order('2', { order_status: 'cancelled', cancelled_at: hoursAgo(28) }),
    order('3', { payment_status: 'pending', paid_at: null }),
    order('4', { landing_site: null, sales_channel: 'pos', payment_status: 'partially_refunded' }),
    order('5', { is_test: 1 }),
  ],
  order_items: ['1', '2', '3', '4', '5'].flatMap((id) => [
    stagedItem({ external_order_id: id, unit_price: 45, quantity: 2 }),
    stagedItem({
      external_order_id: id,
      external_item_id: '2',
      line_number: 2,
      unit_price: 5,
      is_gift_card: 1,
    }),
  ]),
  refunds: [
    stagedRefund({
      external_order_id: '4',
      external_item_id: '1',
      refunded_at: hoursAgo(27),
      amount: 20,
      quantity: 0,
    }),
  ],
  customers: ['1', '2', '3', '4', '5'].map((id) => ({
    platform: 'fixture',
    store_id: 's1',
    external_customer_id: `c${id}`,
    accepts_marketing: id === '4' ? 0 : 1,
    created_at: hoursAgo(40),
  })),
  products: [
    {
      platform: 'fixture',
      store_id: 's1',
      external_product_id: 'P1',
      product_name: 'Camisa "azul"',
      category_level_1: 'Roupas',
      is_active: 1,
      is_deleted: 0,
    },
  ],
  order_contacts: ['1', '2', '3', '4', '5'].map((id) => ({
    platform: 'fixture',
    store_id: 's1',
    external_order_id: id,
    external_customer_id: `c${id}`,
    email: `Marcada${id}@Example.com`,
    phone: '(11) 98765-4321',
    full_name: 'Pessoa Marcada',
    city: 'São Paulo',
    state: 'SP',
    postal_code: '01310-100',
    country: 'BR',
    user_agent: 'Mozilla/5.0 (Marcada)',
  })),
};

describe.each(servers)('conversions of the model pack on $name', (server) => {
  test(
    'what `+conversion:meta` builds is sent with its value, its items and the hashes of who ordered',
    async () => {
      const database = await server.database();
      const { files, vars } = await stageRows(database, ROWS);
      await using meta = await startSimulator(metaConversionsSimulator, {
        world: { pixelId: '77' },
        clock: manualClock(new Date(NOW).toISOString()),
        credentials: [TOKEN],
      });
      const conversions = {
        identity: `${database.name}_restricted.customer_identity`,
        destinations: {
          meta: { type: 'meta-capi', pixel_id: '77', access_token: TOKEN, origin: meta.origin },
        },
      };
      using project = packProject(database, {
        vars: { ...vars, as_of: new Date(NOW).toISOString().slice(0, 10) },
        settings: { conversions },
        files,
      });

      const built = await project.run(
        'build',
        '--select',
        '+conversion:meta',
        '--indirect-selection',
        'buildable',
      );
      expect(built.exitCode, built.stderr).toBe(0);

      const rows = await database.query(
        'select order_id, total, net_total, is_cancelled, action_source, items, consent_marketing from fct_conversions order by order_id',
      );
      expect(rows).toMatchObject([
        {
          order_id: '1',
          total: '105.00',
          net_total: '105.00',
          is_cancelled: 0,
          consent_marketing: 'granted',
        },
        { order_id: '2', is_cancelled: 1 },
        {
          order_id: '4',
          total: '95.00',
          net_total: '75.00',
          is_cancelled: 0,
          action_source: 'physical_store',
          consent_marketing: 'unknown',
        },
      ]);
      expect(JSON.parse(String(rows[0]?.['items']))).toEqual([
        { id: 'P1', name: 'Camisa "azul"', category: 'Roupas', quantity: 2, unit_price: 45 },
      ]);

      const sent = await project.run('convert', 'meta', '--json');
      expect(sent.exitCode, sent.stderr).toBe(0);
      expect(JSON.parse(sent.stdout)).toMatchObject({ delivered: 1, held: 1, dead: 0 });
      const [event] = (JSON.parse(meta.state.received[0] ?? '') as { data: unknown[] }).data;
      expect(event).toMatchObject({
        event_id: 'purchase.1',
        action_source: 'website',
        user_data: { em: [createHash('sha256').update('marcada1@example.com').digest('hex')] },
        custom_data: { value: 105, currency: 'BRL', content_ids: ['P1'] },
      });
    },
    10 * MINUTES,
  );
});
