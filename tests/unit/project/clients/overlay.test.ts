import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProject } from '../../../../cli/project/load-project.ts';
import { plainValue } from '../../../../cli/project/yaml.ts';
import { load, loaded, shown, writeProject } from '../../../support/project-files.ts';

const PROJECT = `name: shop
client: { name: Agency, timezone: America/Sao_Paulo, currency: BRL }
target: prod
targets:
  prod: { type: mysql, host: db, user: cortex, password: "\${DB_PASSWORD:-}", database: shared }
vars: { lookback_days: 3, margins: { shoes: 1, bags: 2 } }
connectors:
  nuvemshop: { accounts: [{ store_id: 1 }] }
  tiktok_ads: { accounts: [{ advertiser_id: 2 }] }
`;

async function complaintsOf(client: string): Promise<readonly string[]> {
  const files = { 'cortex_project.yml': PROJECT, 'clients/aurora.yml': client };
  const { diagnostics } = await load(files, { clientCode: 'aurora' });
  return shown(diagnostics, files);
}

test('maps are merged by key, other values replaced, and false switches off', async () => {
  const client = `client: { name: Loja Aurora }
database: aurora
vars: { lookback_days: 7, margins: { bags: 5 } }
connectors:
  nuvemshop: { accounts: [{ store_id: 9 }] }
  tiktok_ads: false
`;
  const files = { 'cortex_project.yml': PROJECT, 'clients/aurora.yml': client };

  const project = await loaded(files, { clientCode: 'aurora' });

  expect(project.client).toEqual({
    name: 'Loja Aurora',
    code: 'aurora',
    timezone: 'America/Sao_Paulo',
    currency: 'BRL',
    locale: '',
  });
  expect(project.target).toMatchObject({ host: 'db', user: 'cortex', database: 'aurora' });
  expect(project.variables.root).toEqual({ lookback_days: 7, margins: { shoes: 1, bags: 5 } });
  expect(project.connectors && plainValue(project.connectors.yaml)).toEqual({
    nuvemshop: { accounts: [{ store_id: 9 }] },
  });
  expect(project.targetPath).toBe('target/clients/aurora');
  expect(project.cleanTargets).toEqual(['target/clients/aurora']);
});

test('a database of the client stands for that of the private server too', async () => {
  const project = await loaded(
    { 'clients/aurora.yml': 'database: aurora' },
    { clientCode: 'aurora' },
  );

  expect(project.target).toMatchObject({ type: 'local', database: 'aurora' });
});

test('what is wrong is told at its place in the file of the client', async () => {
  expect(await complaintsOf('databse: aurora')).toEqual([
    'CX1102 clients/aurora.yml:1:1 `databse` is not a key that can stand here | did you mean `database`?',
  ]);
  expect(await complaintsOf('vars: {}\ntargets:\n  prod: { port: high }')).toEqual([
    'CX1101 clients/aurora.yml:3:17 `port` must be a number',
  ]);
  expect(await complaintsOf('targets:\n  prod: { database: "${NONE}" }')).toEqual([
    'CX1120 clients/aurora.yml:2:21 the environment variable `NONE` is not set | set it in the environment or in `.env`, or give a default: `${NONE:-default}`',
  ]);
  expect(await complaintsOf('connectors: { tiktok_ad: false }')).toEqual([
    'CX1152 clients/aurora.yml:1:15 `connectors` of the project has no `tiktok_ad` to switch off | did you mean `tiktok_ads`?',
  ]);
});

test('a client that does not exist is named with the nearest one', async () => {
  const { diagnostics } = await load({ 'clients/aurora.yml': '' }, { clientCode: 'auora' });

  expect(shown(diagnostics, {})).toEqual([
    'CX1150 the project has no client `auora` | did you mean `aurora`?',
  ]);
});

test('the secrets of a client count before the environment, and only their owner may read them', async () => {
  const directory = writeProject({
    'cortex_project.yml': PROJECT,
    'clients/aurora.yml': 'database: aurora',
    'clients/aurora.env': 'DB_PASSWORD=of-aurora\n',
  });
  const environment = { DB_PASSWORD: 'of-the-shell' };
  const options = { projectDir: directory, environment, clientCode: 'aurora' };
  chmodSync(join(directory, 'clients/aurora.env'), 0o644);
  const open = await loadProject(options);
  chmodSync(join(directory, 'clients/aurora.env'), 0o600);
  const closed = await loadProject(options);

  expect(open.diagnostics.map(({ code }) => code)).toEqual(['CX1151']);
  expect(closed.value?.target).toMatchObject({ password: 'of-aurora' });
  expect((await loadProject({ projectDir: directory, environment })).value?.target).toMatchObject({
    password: 'of-the-shell',
  });
});
