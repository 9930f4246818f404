import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generatedShop } from '../../support/generated-shop.ts';
import { packProject } from '../../support/pack-project.ts';
import { filesWith, tablesWith } from '../../support/person-search.ts';
import { servers } from '../../support/server.ts';

/** Buyers with an account, by platform: their address, and what else the platform knows of them. */
const BUYERS: Readonly<Record<string, string>> = {
  tray: `select c.email, o.customer_cellphone as phone, c.cpf as document from raw_tray_orders o
    join raw_tray_customers c on c.id = o.customer_id and c.email = o.customer_email
    where c.cpf is not null and o.customer_cellphone is not null order by o.id limit 1`,
  shopify: `select c.email, c.phone, null as document from raw_shopify_orders o
    join raw_shopify_customers c on c.id = o.customer_id and c.email = o.email
    where c.phone is not null order by o.id limit 1`,
};
const TOTALS: Readonly<Record<string, string>> = {
  tray: 'select count(*) as n, sum(total) as total from raw_tray_orders',
  shopify: 'select count(*) as n, sum(total_price) as total from raw_shopify_orders',
};

const digits = (value: unknown) => String(value).replaceAll(/\D/g, '');
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** Address, number and document of a buyer, and their hashes. */
function textsOf(row: Readonly<Record<string, unknown>>): readonly string[] {
  const email = String(row['email']).trim().toLowerCase();
  const phone = digits(row['phone']).replace(/^55(?=\d{10,11}$)/, '');
  const document = row['document'] === null ? [] : [digits(row['document'])];
  return [email, phone, ...document, ...[email, `55${phone}`, ...document].map(hash)];
}

describe.each(servers)('on $name', (server) => {
  test.each(['tray', 'shopify'])(
    'a buyer of %s is erased everywhere, and stays so when the shop is read again',
    { timeout: 600_000 },
    async (platform) => {
      const own = await server.database();
      await using shop = await generatedShop();
      const { connectors } = shop.settings;
      using project = packProject(own, {
        vars: { ecommerce: [platform], ads: [], analytics: [], sessions: [] },
        settings: { connectors: { [platform]: connectors[platform] ?? expect.fail(platform) } },
        environment: { CORTEX_PRIVACY_SECRET: 'privacy-secret-of-a-test-0123456789' },
        clock: shop.clock,
      });
      const done = async (...args: string[]) => {
        const { exitCode, stderr } = await project.run(...args);
        expect(exitCode, stderr).toBe(0);
      };
      await done('sync');
      await done('build');
      const [buyer = expect.fail('no buyer')] = await own.query(BUYERS[platform] ?? '');
      const texts = textsOf(buyer);
      const before = await own.query(TOTALS[platform] ?? '');
      expect((await tablesWith(own, texts)).length).toBeGreaterThan(5);

      await done('privacy', 'erase', '--email', texts[0] ?? '', '--yes');
      const erased = [await tablesWith(own, texts), filesWith(project.directory, texts)];
      await done('sync', '--full-refresh');
      await done('build', '--full-refresh');

      expect(erased).toEqual([[], []]);
      expect(await tablesWith(own, texts)).toEqual([]);
      expect(filesWith(project.directory, texts)).toEqual([]);
      expect(await own.query(TOTALS[platform] ?? '')).toEqual(before);
    },
  );
});
