import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { metaConversionsSimulator } from '../../../connectors/simulators/conversions/meta.ts';
import { manualClock } from '../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { filesWith, tablesWith } from '../../support/person-search.ts';
import type { TestServer } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';
import { SMALL_SHOP_NOW } from '../../support/small-shop.ts';

const TOKEN = 'conversion-token-0123456789';
/** Nobody listens there: what is to go out waits. */
const NOWHERE = 'http://127.0.0.1:9';
const SECRET = 'privacy-secret-of-a-test-0123456789';

const files = {
  'sources/nuvemshop.yml': `version: 2
sources:
  - name: nuvemshop
    schema: "{{target.schema}}"
    tables:
      - { name: orders, identifier: raw_nuvemshop_orders }
      - { name: customers, identifier: raw_nuvemshop_customers }
`,
  'models/stg_orders.sql': `{{config materialized="view"}}
select id, created_at, total, contact_email, contact_phone, contact_identification, contact_name, customer_id, landing_url, paid_at
from {{source "nuvemshop" "orders"}} where paid_at is not null
`,
  'models/dim_people.sql': `{{config materialized="table"}}
select sha2(lower(contact_email), 256) as email_hash, max(contact_identification) as document, count(*) as orders, sum(total) as total
from {{ref "stg_orders"}} where contact_email is not null group by 1
`,
  'models/fct_sales.sql': `{{config materialized="incremental" unique_key="id"}}
select id, total, contact_email from {{ref "stg_orders"}}
{{#if (is_incremental)}} where id > (select max(id) from {{this}}) {{/if}}
`,
  'models/customer_identity.sql': `{{config materialized="table" schema="restricted"}}
select cast(id as char(64)) as identity_key, customer_id, contact_email as email, contact_phone as phone, contact_name as full_name from {{ref "stg_orders"}}
`,
  'models/fct_conversions.sql': `{{config materialized="table"}}
select cast(id as char(64)) as order_id, cast(id as char(64)) as identity_key, created_at as occurred_at, 'BRL' as currency, total, 'granted' as consent_marketing, 'other' as action_source, landing_url as event_source_url
from {{ref "stg_orders"}}
`,
  'tests/big_orders.sql': `{{config severity="warn" store_failures=true}}
select id, contact_email, contact_identification from {{ref "stg_orders"}} where total > 0
`,
};

async function shop(server: TestServer) {
  const own = await server.database();
  const meta = await startSimulator(metaConversionsSimulator, {
    world: { pixelId: '77' },
    clock: manualClock(SMALL_SHOP_NOW),
    credentials: [TOKEN],
  });
  const project = await simulatedProject(own, {
    files,
    settings: {
      client: { timezone: 'America/Sao_Paulo', locale: 'pt-BR', currency: 'BRL' },
      conversions: {
        identity: `${own.name}_restricted.customer_identity`,
        destinations: {
          meta: { type: 'meta-capi', pixel_id: 77, access_token: TOKEN, origin: meta.origin },
          tiktok: {
            type: 'tiktok-events',
            pixel_code: 'C0ABCDEF1234567890',
            access_token: TOKEN,
            origin: NOWHERE,
          },
        },
      },
    },
  });
  project.environment['CORTEX_PRIVACY_SECRET'] = SECRET;
  const run = async (...args: string[]) => {
    const done = await project.run(...args);
    outputs.push(done.stdout, done.stderr);
    return done;
  };
  const outputs: string[] = [];
  return {
    ...project,
    own,
    run,
    outputs,
    async [Symbol.asyncDispose]() {
      await meta[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

type Shop = Awaited<ReturnType<typeof shop>>;

/** A customer whose order was sent to Meta, and everything that names them. */
async function customerOf({ own }: Shop) {
  const [row] = await own.query(
    `select o.id, o.total, o.customer_id, o.contact_email, o.contact_phone, o.contact_identification
     from __cortex_conversions c join raw_nuvemshop_orders o on o.id = c.order_id
     join raw_nuvemshop_customers k on k.id = o.customer_id and k.email = o.contact_email
     where c.destination = 'meta' and c.status = 'delivered' and o.contact_identification is not null and o.contact_phone is not null order by o.id limit 1`,
  );
  if (row === undefined) throw new Error('no customer of the shop has all that is looked for');
  const email = String(row['contact_email']).toLowerCase();
  const digits = (value: unknown) => String(value).replaceAll(/\D/g, '');
  const document = digits(row['contact_identification']);
  const phone = digits(row['contact_phone']).replace(/^55(?=\d{10,11}$)/, '');
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  return {
    orderId: String(row['id']),
    customerId: String(row['customer_id']),
    email,
    document,
    phone,
    texts: [email, document, phone, hash(email), hash(document), hash(`55${phone}`)],
  };
}

const money = (own: Shop['own']) =>
  own.query(
    'select count(*) as orders, sum(total) as total, sum(subtotal) as subtotal from raw_nuvemshop_orders',
  );

describe.each(servers)('erasing a person on $name', (server) => {
  test(
    'leaves nothing of them in any table or file, also when the platform sends them again',
    { timeout: 300_000 },
    async () => {
      await using own = await shop(server);
      expect((await own.run('sync')).exitCode).toBe(0);
      const built = await own.run('build');
      expect(built.exitCode, built.stderr).toBe(0);
      await own.run('convert');
      const person = await customerOf(own);
      own.directory.write('target/notes.txt', `call ${person.email}`);
      own.directory.write('target/logs/cortex.log', `{"msg":"${person.email}"}\n{"msg":"other"}\n`);
      const before = await money(own.own);
      expect((await tablesWith(own.own, person.texts)).length).toBeGreaterThan(8);

      const exported = await own.run('privacy', 'export', '--email', person.email.toUpperCase());
      expect(exported.exitCode, exported.stderr).toBe(0);

      const dry = await own.run('privacy', 'erase', '--email', person.email, '--dry-run', '--json');
      expect(dry.exitCode, dry.stderr).toBe(0);
      expect(await money(own.own)).toEqual(before);
      expect((await tablesWith(own.own, person.texts)).length).toBeGreaterThan(8);

      const refused = await own.run('privacy', 'erase', '--email', person.email);
      expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CX7904') });

      const erased = await own.run('privacy', 'erase', '--email', person.email, '--yes', '--json');
      expect(erased.exitCode, `${erased.stdout}\n${erased.stderr}`).toBe(0);
      const report = JSON.parse(erased.stdout) as Record<string, unknown>;
      expect(report).toMatchObject({ status: 'done', left: [] });
      expect(report['not_recallable']).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            platform: 'meta-capi',
            event_id: `purchase.${person.orderId}`,
            outcome: 'delivered',
          }),
        ]),
      );
      expect(report['conversions_cancelled']).toContain(`tiktok purchase.${person.orderId}`);
      expect(await tablesWith(own.own, person.texts)).toEqual([]);
      expect(filesWith(own.directory.path, person.texts)).toEqual([]);
      expect(own.directory.read('target/logs/cortex.log')).toContain('{"msg":"other"}');
      expect(await money(own.own)).toEqual(before);

      const outbox = await own.own.query(
        `select destination, status, code, identifiers from __cortex_conversions where order_id = '${person.orderId}' order by 1`,
      );
      expect(outbox).toEqual([
        { destination: 'meta', status: 'delivered', code: 'erased', identifiers: null },
        { destination: 'tiktok', status: 'dead', code: 'erased', identifiers: null },
      ]);
      const [order] = await own.own.query(
        `select customer_id, contact_name, billing_address, landing_url, browser_ip from raw_nuvemshop_orders where id = ${person.orderId}`,
      );
      expect(Object.values(order ?? {})).toEqual([null, null, null, null, null]);

      // Everything is read again, and the shop still has the person.
      const synced = await own.run('sync', 'nuvemshop', '--full-refresh');
      expect(synced.exitCode, synced.stderr).toBe(0);
      expect(own.shop.requests.length).toBeGreaterThan(2);
      await own.run('build', '--full-refresh');
      await own.run('convert');
      expect(await tablesWith(own.own, person.texts)).toEqual([]);
      expect(filesWith(own.directory.path, person.texts)).toEqual([]);
      expect(await money(own.own)).toEqual(before);

      const again = await own.run('privacy', 'erase', '--email', person.email, '--yes', '--json');
      expect(again.exitCode, again.stderr).toBe(0);
      expect(Object.values((JSON.parse(again.stdout) as { raw_rows: object }).raw_rows)).toEqual(
        expect.not.arrayContaining([1]),
      );
      // What was typed is in no output.
      expect(own.outputs.filter((text) => text.toLowerCase().includes(person.email))).toEqual([]);
      const requests = await own.own.query(
        'select action, status, requested_by from __cortex_privacy_requests',
      );
      expect(requests.map(({ action, status }) => `${String(action)} ${String(status)}`)).toEqual(
        expect.arrayContaining(['export done', 'erase done']),
      );
    },
  );
});
