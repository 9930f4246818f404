import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { metaConversionsSimulator } from '../../../connectors/simulators/conversions/meta.ts';
import { manualClock } from '../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { createConversionTables, TOKEN } from '../../support/conversion-run.ts';
import { filesWith, tablesWith } from '../../support/person-search.ts';
import { serverProject } from '../../support/server-project.ts';
import type { TestDatabase, TestServer } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';

const EMAIL = 'joao.silva+promo@gmail.com';
const SECRET = 'privacy-secret-of-a-test-0123456789';

async function addOrder(own: TestDatabase, id: string, email: string): Promise<void> {
  await own.query(
    `insert into fct_conversions (order_id, occurred_at, currency, total, net_total, is_cancelled, consent_marketing, identity_key, event_source_url)
     values ('${id}', '2026-11-22 12:00:00', 'BRL', 449.70, 449.70, 0, 'granted', 'p${id}', 'https://loja.example/obrigado')`,
  );
  await own.query(
    `insert into customer_identity (identity_key, customer_id, email, phone, full_name, ip, user_agent)
     values ('p${id}', 'C-5001', '${email}', '(11) 98765-4321', 'João Silva', '177.32.10.9', 'Mozilla/5.0')`,
  );
}

/** A shop whose orders come by an import of its own, and Meta. */
async function importedShop(server: TestServer) {
  const own = await server.database();
  await createConversionTables(own);
  const meta = await startSimulator(metaConversionsSimulator, {
    world: { pixelId: '77' },
    clock: manualClock('2026-11-23T09:00:00Z'),
    credentials: [TOKEN],
  });
  const project = serverProject(own, {
    'cortex_project.yml': `conversions:
  identity: customer_identity
  destinations:
    meta: { type: meta-capi, pixel_id: 77, access_token: ${TOKEN}, origin: ${meta.origin} }
`,
    '.env': `CORTEX_PRIVACY_SECRET=${SECRET}`,
  });
  const outbox = async () => {
    const rows = await own.query(
      'select order_id, status, code, identifiers, event_id from __cortex_conversions order by order_id',
    );
    return rows.map(
      ({ order_id: id, status, code }) => `${String(id)} ${String(status)} ${String(code)}`,
    );
  };
  return { own, meta, outbox, ...project, [Symbol.asyncDispose]: () => meta.close() };
}

const erase = ['privacy', 'erase', '--yes', '--json', '--email'] as const;

describe.each(servers)('requests about persons on $name', (server) => {
  test('erase-d01, d02: what waits is cancelled, and the customer is not sent again after an import', async () => {
    await using shop = await importedShop(server);
    await addOrder(shop.own, '1001', EMAIL);
    await shop.run('convert');
    await addOrder(shop.own, '1002', EMAIL);
    // Queued by a run that had no time to send.
    await shop.run('convert', '--limit', '1');
    await shop.own.query(
      `update __cortex_conversions set status = 'due', sent_at = null, identifiers = null where order_id = '1002'`,
    );
    const requests = shop.meta.requests.length;

    const erased = await shop.run(...erase, 'JOAO.SILVA+promo@gmail.com');

    expect(erased).toMatchObject({ exitCode: 1, stderr: '' });
    const report = JSON.parse(
      erased.stdout.split('\n').find((line) => line.includes('not_recallable')) ?? '{}',
    ) as object;
    expect(report).toMatchObject({
      status: 'incomplete',
      conversions_cancelled: ['meta purchase.1002'],
      not_recallable: [{ platform: 'meta-capi', event_id: 'purchase.1001', outcome: 'delivered' }],
      left: [expect.stringContaining('customer_identity`: 2 rows')],
    });
    expect(erased.stdout).toContain('CX7905');
    expect(await shop.outbox()).toEqual(['1001 delivered erased', '1002 dead erased']);
    const list = JSON.stringify(await shop.own.query('select * from __cortex_privacy_erased'));
    expect(list).toMatch(/"[0-9a-f]{64}"/);
    const [request] = await shop.own.query('select * from __cortex_privacy_requests');
    expect(request).toMatchObject({ action: 'erase', rule: 'person', status: 'incomplete' });
    expect(`${list}${JSON.stringify(request)}`).not.toMatch(/joao|98765/i);

    // The import keeps its own table, and carries the old address again.
    await shop.own.query('delete from customer_identity');
    await shop.own.query('delete from fct_conversions');
    expect((await shop.run(...erase, EMAIL)).exitCode).toBe(0);
    await addOrder(shop.own, '1003', 'Joao.Silva+promo@GMAIL.com');
    await shop.run('convert');
    await shop.run('convert', 'retry');
    await shop.run('convert');
    expect(await shop.outbox()).toEqual([
      '1001 delivered erased',
      '1002 dead erased',
      '1003 dead erased',
    ]);
    expect(shop.meta.requests.length).toBe(requests);
  });

  test('erase-d03: of a conversion of 181 days ago only what reconciles it is left', async () => {
    await using shop = await importedShop(server);
    await addOrder(shop.own, '1001', EMAIL);
    await addOrder(shop.own, '1002', 'other@example.com');
    await shop.run('convert');
    await shop.own.query(
      `update __cortex_conversions set sent_at = sent_at - interval 181 day where order_id = '1001'`,
    );

    const done = await shop.run('privacy', 'retain', '--json');

    expect(done.exitCode, done.stderr).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({
      rule: 'conversions: forget after 180 days',
      rows: 1,
    });
    const rows = await shop.own.query(
      'select event_id, status, if(sent_at is null, "no", "yes") as has_time, identifiers, sent_value from __cortex_conversions order by 1',
    );
    expect(rows).toEqual([
      {
        event_id: 'purchase.1001',
        status: 'delivered',
        has_time: 'yes',
        identifiers: null,
        sent_value: null,
      },
      {
        event_id: 'purchase.1002',
        status: 'delivered',
        has_time: 'yes',
        identifiers: expect.stringContaining('em'),
        sent_value: '449.70',
      },
    ]);
  });

  test('a request that names nobody, or is not confirmed, changes nothing and repeats nothing', async () => {
    await using shop = await importedShop(server);

    const nobody = await shop.run('privacy', 'export');
    const noAddress = await shop.run('privacy', 'erase', '--email', 'joao.silva', '--yes');

    expect(nobody).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CX7901') });
    expect(noAddress).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CX7901') });
    expect(noAddress.stderr).not.toContain('joao');
  });

  test("a client's request touches no other client's tables and files", async () => {
    const [aurora, brisa] = [await server.database(), await server.database()];
    const { host, port, user, password } = aurora.target;
    const target = { type: 'mysql', host, port, user, password: '${TEST_PASSWORD:-}' };
    const directory = createDirectory({
      'cortex_project.yml': `name: shop\ntargets: { test: ${JSON.stringify(target)} }\n`,
      'clients/aurora.yml': `database: ${aurora.name}\n`,
      'clients/brisa.yml': `database: ${brisa.name}\n`,
      'target/clients/aurora/notes.txt': EMAIL,
      'target/clients/brisa/notes.txt': EMAIL,
    });
    for (const own of [aurora, brisa]) {
      await own.query(`create table imported as select '${EMAIL}' as email`);
    }

    const erased = await cortex([...erase, EMAIL, '--client', 'aurora'], {
      directory: directory.path,
      environment: { TEST_PASSWORD: password },
    });

    expect(erased.exitCode, erased.stderr).toBe(1);
    expect(erased.stdout).toContain(`${aurora.name}.imported\`: 1 row`);
    expect(erased.stdout).not.toContain('brisa');
    expect(filesWith(directory.path, [EMAIL])).toEqual([
      `target/clients/brisa/notes.txt: ${EMAIL}`,
    ]);
    expect(await brisa.query('show tables')).toHaveLength(1);
    expect(directory.read('.cortex/privacy/aurora/secret')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(`${directory.path}/.cortex/privacy/aurora/secret`).mode & 0o777).toBe(0o600);
  });

  test(
    'a sync without the secret stops, an erasure that stopped goes on, and rules of age drop and delete',
    { timeout: 300_000 },
    async () => {
      const own = await server.database();
      await using shop = await simulatedProject(own, {
        files: {
          'sources/nuvemshop.yml': `version: 2
sources: [{ name: nuvemshop, schema: "{{target.schema}}", tables: [{ name: orders, identifier: raw_nuvemshop_orders }] }]
`,
          // Reads no node: nothing builds it again, and its rows stay until somebody drops them.
          'tests/loose.sql': `{{config severity="warn" store_failures=true}}
select id, contact_email from raw_nuvemshop_orders where customer_id is not null
`,
          'models/people.sql': `{{config materialized="table"}}
select id, contact_email from {{source "nuvemshop" "orders"}}
`,
        },
        settings: { client: { locale: 'pt-BR', timezone: 'America/Sao_Paulo', currency: 'BRL' } },
      });
      const run = async (...args: string[]) => shop.run(...args);
      await run('sync', 'nuvemshop');
      await run('build');
      const [row] = await own.query(
        `select contact_email as email from raw_nuvemshop_orders where customer_id is not null and contact_email <> '' order by id limit 1`,
      );
      const email = String(row?.['email']).toLowerCase();

      const exported = await run(
        'privacy',
        'export',
        '--email',
        email,
        '--file',
        'out/pessoa.json',
      );
      expect(exported.exitCode, exported.stderr).toBe(0);
      const json = JSON.parse(shop.directory.read('out/pessoa.json')) as {
        records: { stream: string }[];
        tables: object;
      };
      expect(json.records.map(({ stream }) => stream)).toEqual(
        expect.arrayContaining(['orders', 'customers']),
      );
      expect(Object.keys(json.tables)).toContain(`${own.name}.people`);
      expect(shop.directory.read('out/pessoa.md')).toMatch(
        /^# Dados pessoais\n[^]*contact_email: /,
      );

      await own.query(
        `update raw_nuvemshop_orders set _record = json_set(_record, '$.contact_phone', '(11) 3333-4444') order by id desc limit 2`,
      );
      const shared = await run('privacy', 'erase', '--phone', '11 3333-4444', '--yes');
      expect(shared).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CX7902') });

      expect((await tablesWith(own, [email])).join('\n')).toMatch(/loose/);

      // The model cannot be built: what is published still holds the person.
      const model = shop.directory.read('models/people.sql');
      shop.directory.write('models/people.sql', model.replace('contact_email', 'no_such_column'));
      const stopped = await run('privacy', 'erase', '--email', email, '--yes');
      expect(stopped.exitCode).toBe(1);
      expect(stopped.stderr).toMatch(
        /CX7905[^]*rebuild did not succeed[^]*people`[^]*out\/pessoa.json`/,
      );
      expect(await tablesWith(own, [email])).toEqual([`people: ${email}`]);

      shop.directory.write('models/people.sql', model);
      shop.directory.write('out/pessoa.json', '');
      shop.directory.write('out/pessoa.md', '');
      const resumed = await run('privacy', 'erase', '--email', email, '--yes');
      expect(resumed.exitCode, resumed.stderr).toBe(0);
      expect(await tablesWith(own, [email])).toEqual([]);
      expect(filesWith(shop.directory.path, [email])).toEqual([]);

      // Made by the first erasure.
      const secret = readFileSync(`${shop.directory.path}/.cortex/privacy/secret`, 'utf8');
      shop.directory.write('.cortex/privacy/secret', 'another-secret-0123456789');
      const refused = await run('sync', 'nuvemshop.orders', '--full-refresh');
      expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('CX7903') });
      expect(await tablesWith(own, [email])).toEqual([]);
      shop.directory.write('.cortex/privacy/secret', secret);
      const again = await run('sync', 'nuvemshop', '--full-refresh');
      expect(again.exitCode, again.stderr).toBe(0);
      expect(await tablesWith(own, [email])).toEqual([]);

      const file = shop.directory.read('cortex_project.yml');
      shop.directory.write(
        'cortex_project.yml',
        file.replace(
          'nuvemshop:\n',
          `nuvemshop:
    streams:
      orders: { retention: { after: 20 days, by: created_at } }
      abandoned_checkouts: { retention: { after: 10 days, action: delete, by: created_at } }
`,
        ),
      );
      const ages = async () =>
        own.query(
          `select sum(contact_email is not null) as named, sum(created_at < '2026-09-14 12:00:00' and contact_email is not null) as old_named, count(*) as orders, sum(total) as total from raw_nuvemshop_orders`,
        );
      const [before] = await ages();
      expect(Number(before?.['old_named'])).toBeGreaterThan(3);
      const dry = await run('privacy', 'retain', '--dry-run', '--json');
      expect(dry.exitCode, dry.stderr).toBe(0);
      expect(await ages()).toEqual([before]);
      const kept = await run('privacy', 'retain', '--json');
      expect(kept.exitCode, kept.stderr).toBe(0);
      const [after] = await ages();
      expect(after).toMatchObject({
        old_named: '0',
        orders: before?.['orders'],
        total: before?.['total'],
      });
      expect(Number(after?.['named'])).toBe(
        Number(before?.['named']) - Number(before?.['old_named']),
      );
      const [checkouts] = await own.query(
        `select (select count(*) from raw_nuvemshop_abandoned_checkouts where created_at < '2026-09-24 12:00:00') as old,
          (select count(*) from raw_nuvemshop_abandoned_checkouts) as kept,
          (select count(*) from raw_nuvemshop_abandoned_checkout_lines l left join raw_nuvemshop_abandoned_checkouts c on c.id = l.checkout_id where c.id is null) as lost`,
      );
      expect([checkouts?.['old'], checkouts?.['lost']].map(Number)).toEqual([0, 0]);
      expect(Number(checkouts?.['kept'])).toBeGreaterThan(0);
      const second = await run('privacy', 'retain', '--json');
      expect(second.stdout).toMatch(/orders: drop[^\n]*"rows":0}[^]*abandoned[^\n]*"rows":0}/);
    },
  );
});
