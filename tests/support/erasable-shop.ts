import { createHash } from 'node:crypto';
import { metaConversionsSimulator } from '../../connectors/simulators/conversions/meta.ts';
import { manualClock } from '../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../connectors/simulators/start-simulator.ts';
import type { TestServer } from './server.ts';
import { simulatedProject } from './simulated-project.ts';
import { SMALL_SHOP_NOW } from './small-shop.ts';

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

/** A simulated shop whose customers stand in models, an outbox, failing tests and a restricted database. */
export async function erasableShop(server: TestServer) {
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

export type ErasableShop = Awaited<ReturnType<typeof erasableShop>>;

/** A customer whose order was sent to Meta, and everything that names them. */
export async function sentCustomer({ own }: ErasableShop) {
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
