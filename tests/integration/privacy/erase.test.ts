import { describe, expect, test } from 'vitest';
import type { ErasableShop } from '../../support/erasable-shop.ts';
import { erasableShop, sentCustomer } from '../../support/erasable-shop.ts';
import { filesWith, tablesWith } from '../../support/person-search.ts';
import { servers } from '../../support/server.ts';

const money = (own: ErasableShop['own']) =>
  own.query(
    'select count(*) as orders, sum(total) as total, sum(subtotal) as subtotal from raw_nuvemshop_orders',
  );

describe.each(servers)('erasing a person on $name', (server) => {
  test(
    'leaves nothing of them in any table or file, also when the platform sends them again',
    { timeout: 300_000 },
    async () => {
      await using own = await erasableShop(server);
      expect((await own.run('sync')).exitCode).toBe(0);
      const built = await own.run('build');
      expect(built.exitCode, built.stderr).toBe(0);
      await own.run('convert');
      const person = await sentCustomer(own);
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
