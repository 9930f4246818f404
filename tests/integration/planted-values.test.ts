import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answeringServer, json } from '../support/answering-server.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';
import { simulatedProject } from '../support/simulated-project.ts';
import { SMALL_DESTINATIONS } from '../support/small-destinations.ts';
import { smallShop } from '../support/small-shop.ts';

/** In every credential of the project, right or wrong. */
const SECRET = 'pl4ntedS3cret';
const ALERT_KEY = `hook-${SECRET}`;

/** What names the shop's buyers: addresses, numbers of telephones and documents, whole names. */
function personalData(): readonly string[] {
  const { orders } = smallShop();
  const found = new Set<string>();
  for (let index = 0; index < 300; index += 1) {
    const { email, phone, document, name } = orders.life(index).contact;
    for (const written of [email, phone, document, name]) {
      if (written.trim().length > 7) found.add(written.trim().toLowerCase());
    }
    for (const digits of [phone, document].map((text) => text.replaceAll(/\D/g, ''))) {
      if (digits.length > 9) found.add(digits);
    }
  }
  return [...found];
}

/** Models over the raw tables that fail in every way that quotes a row. */
const MODELS = {
  'models/buyers.sql':
    "{{config materialized='table' primary_key='email' column_types=(dict email='varchar(150)')}}\nselect contact_email as email from {{source 'nuvemshop' 'orders'}}",
  'models/as_number.sql':
    "{{config materialized='table'}}\nselect cast(contact_email as decimal(10, 2)) as amount from {{source 'nuvemshop' 'orders'}}",
  'models/as_day.sql':
    "{{config materialized='table' column_types=(dict day='date')}}\nselect contact_name as day from {{source 'nuvemshop' 'orders'}}",
  'models/short.sql':
    "{{config materialized='table' column_types=(dict email='varchar(5)')}}\nselect contact_email as email from {{source 'nuvemshop' 'orders'}}",
  'models/checked.sql':
    "{{config materialized='table'}}\nselect contact_email as email, contact_phone as phone from {{source 'nuvemshop' 'orders'}}",
  'models/_models.yml': `models:
  - name: checked
    columns:
      - { name: email, data_tests: [unique] }
      - { name: phone, data_tests: [{ accepted_values: { arguments: { values: [none] } } }] }
`,
};

/** Files of a project that hold one of the values, but for those that people write secrets into. */
function filesWith(directory: string, values: readonly string[]): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.cortex/credentials/'))
    .flatMap((path) => found(readFileSync(path, 'utf8'), values, path.slice(directory.length)));
}

function found(text: string, values: readonly string[], place: string): readonly string[] {
  const searched = text.toLowerCase();
  return values
    .filter((value) => searched.includes(value.toLowerCase()))
    .map((value) => `${place}: ${value}`);
}

/** Rows of Cortex's own tables. */
async function ownRows(database: TestDatabase): Promise<string> {
  const tables = await database.query(
    `select table_name as name from information_schema.tables
     where table_schema = '${database.name}' and table_name like '\\_\\_cortex%'`,
  );
  const rows = [];
  for (const { name } of tables)
    rows.push(await database.query(`select * from \`${String(name)}\``));
  return JSON.stringify(rows);
}

describe.each(servers)('on $name', (server) => {
  test('no secret and nobody’s data reach an output, a file, an alert or a state table', async () => {
    const database = await server.database();
    await using hook = await answeringServer(json(200, {}));
    const [meta] = SMALL_DESTINATIONS;
    const settings = { ...meta.settings, access_token: `wrong-${SECRET}` };
    await using project = await simulatedProject(database, {
      settings: {
        alerts: {
          channels: { hook: { type: 'webhook', url: `${hook.origin}/alerts?key=${ALERT_KEY}` } },
        },
        conversions: { model: 'sent', destinations: { meta: settings } },
      },
      files: {
        ...MODELS,
        'models/sent.sql': `{{config materialized='table' primary_key='order_id' column_types=(dict order_id='varchar(64)')}}
select cast(id as char(64)) as order_id, cast('2026-10-03 12:00:00' as datetime(3)) as occurred_at, 'BRL' as currency,
  cast(10 as decimal(18, 2)) as total, contact_email as email, contact_phone as phone, contact_name as full_name,
  'granted' as consent_marketing, 'https://loja.example' as event_source_url, 'Mozilla/5.0' as user_agent
from {{source 'nuvemshop' 'orders'}}`,
      },
    });
    await using pixel = await meta.start(project.clock);
    project.directory.write(
      'cortex_project.yml',
      project.directory
        .read('cortex_project.yml')
        .replace('type: meta-capi', `type: meta-capi\n      origin: ${pixel.origin}`),
    );
    const outputs: string[] = [];
    const codes: number[] = [];
    const run = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await project.run(...args);
      outputs.push(stdout, stderr);
      codes.push(exitCode);
    };

    await run('sync', '--verbose');
    await run('sync', '--write-sources');
    await run('build', '--verbose');
    await run('build', '--json', '--store-failures');
    await run('test', '--junit', 'target/junit.xml');
    await run('convert');
    await run('convert', 'status', '--json');
    await run('convert', 'report', '--json');
    await run('run-pipeline', 'daily', '--json');
    await run('source', 'freshness');
    await run('ls', '--output', 'json');
    await run('compile');
    project.environment['SHOP_TOKEN'] = `refused-${SECRET}`;
    await run('sync', 'nuvemshop');
    await run('sync', '--check');

    const values = [SECRET, ...personalData()];
    expect(values.length).toBeGreaterThan(500);
    // The mistakes were made: duplicate keys, values of another type, refused tokens.
    expect(outputs.join('\n')).toMatch(/CX5104/);
    expect(outputs.join('\n')).toMatch(/CX5106/);
    expect(outputs.join('\n')).toMatch(/pause_auth/);
    expect(codes.filter((code) => code !== 0).length).toBeGreaterThan(4);
    expect(hook.requests.length).toBeGreaterThan(0);
    expect(outputs.flatMap((text, index) => found(text, values, `output ${index}`))).toEqual([]);
    expect(hook.requests.flatMap(({ body }) => found(body, values, 'alert'))).toEqual([]);
    expect(
      filesWith(project.directory.path, values).filter(
        (place) => !place.startsWith('/cortex_project.yml'),
      ),
    ).toEqual([]);
    expect(found(await ownRows(database), values, 'state')).toEqual([]);
  });
});
