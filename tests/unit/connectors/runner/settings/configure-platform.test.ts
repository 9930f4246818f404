import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseYaml, plainValue } from '../../../../../cli/project/yaml.ts';
import {
  configureConnectors,
  loadPlatform,
  platformNames,
} from '../../../../../connectors/registry.ts';
import {
  credentialsFolder,
  credentialsPath,
  writeCredentials,
} from '../../../../../connectors/runner/credentials/credentials-file.ts';
import { folderOf } from '../../../../support/synced-files.ts';

async function configure(yaml: string, directory = folderOf({})) {
  const { value } = parseYaml(yaml, 'cortex_project.yml');
  if (value === undefined) throw new Error('no YAML');
  const section = { value: plainValue(value), yaml: value, file: 'cortex_project.yml' };
  const configured = await configureConnectors(section, { directory, database: 'shop' });
  const problems = configured.diagnostics.map(({ code, message, labels, hint }) => {
    const span = labels[0]?.span;
    return { code, message, hint, marked: span && yaml.slice(span.start, span.end) };
  });
  return { platform: configured.value[0]?.platform, problems };
}

const ACCOUNT =
  '{ store_id: "2981734", access_token: token-0123456789abcdef, contact_email: a@example.com }';

test('settings say what is read, since when and where to', async () => {
  const { platform, problems } = await configure(`
nuvemshop:
  start_date: 2024-01-01
  pii: hash
  streams: { orders: { pii: keep }, coupons: false }
  raw_database: raw
  table_prefix: nv_
  accounts:
    - ${ACCOUNT}
`);

  expect(problems).toEqual([]);
  expect(platform?.startDate).toBe('2024-01-01');
  expect(platform?.place).toEqual({ database: 'raw', tablePrefix: 'nv_' });
  expect(platform?.accounts.map(({ id }) => id)).toEqual(['2981734']);
  const modes = platform?.streams.map(({ stream, pii }) => [stream.name, pii]);
  expect(modes).toContainEqual(['orders', 'keep']);
  expect(modes).toContainEqual(['products', 'hash']);
  expect(modes?.map(([name]) => name)).not.toContain('coupons');
  expect(JSON.stringify(platform?.accounts)).not.toContain('token-0123456789abcdef');
});

test('without settings all streams that are not optional land in the target’s database', async () => {
  const { platform } = await configure(`nuvemshop: { accounts: [${ACCOUNT}] }`);

  expect(platform?.place).toEqual({ database: 'shop', tablePrefix: 'raw_nuvemshop_' });
  expect(platform?.streams.every(({ stream, pii }) => !stream.optional && pii === 'keep')).toBe(
    true,
  );
});

describe('mistakes point at their place', () => {
  test.each([
    {
      about: 'an unknown stream',
      yaml: `nuvemshop: { streams: { ordres: false }, accounts: [${ACCOUNT}] }`,
      marked: 'ordres',
      hint: 'did you mean `orders`?',
    },
    {
      about: 'an unknown setting',
      yaml: `nuvemshop: { startdate: 2024-01-01, accounts: [${ACCOUNT}] }`,
      marked: 'startdate',
      hint: 'did you mean `start_date`?',
    },
    {
      about: 'a day that is none',
      yaml: `nuvemshop: { start_date: 01/01/2024, accounts: [${ACCOUNT}] }`,
      marked: '01/01/2024',
    },
    {
      about: 'a way to treat personal data that there is not',
      yaml: `nuvemshop: { pii: hide, accounts: [${ACCOUNT}] }`,
      marked: 'hide',
    },
    {
      about: 'an unknown setting of an account',
      yaml: 'nuvemshop: { accounts: [{ store_id: "1", acess_token: x, contact_email: a@example.com }] }',
      marked: 'acess_token',
      hint: 'did you mean `access_token`?',
    },
    {
      about: 'the same account twice',
      yaml: `nuvemshop: { accounts: [${ACCOUNT}, ${ACCOUNT}] }`,
      marked: ACCOUNT,
    },
    { about: 'no accounts', yaml: 'nuvemshop: { accounts: [] }', marked: '[]' },
  ])('$about', async ({ yaml, marked, hint }) => {
    const { problems } = await configure(yaml);

    const found = problems.find((problem) => problem.marked === marked);
    expect(found).toMatchObject({ code: 'CX7013' });
    if (hint !== undefined) expect(found?.hint).toBe(hint);
  });

  test('a missing credential says how to get it', async () => {
    const { problems } = await configure(
      'nuvemshop: { accounts: [{ store_id: "1", contact_email: a@example.com }] }',
    );

    expect(problems[0]?.hint).toBe('`cortex connect nuvemshop` gets the credentials, step by step');
  });
});

test('an account may stand in for the platform’s own address', async () => {
  const { platform, problems } = await configure(
    `nuvemshop: { accounts: [{ origin: "http://127.0.0.1:9", ${ACCOUNT.slice(1)}] }`,
  );

  expect(problems).toEqual([]);
  expect(platform?.accounts[0]?.origin).toBe('http://127.0.0.1:9');
});

describe('credentials that were kept', () => {
  test('complete the account that they are of', async () => {
    const directory = folderOf({});
    const path = credentialsPath(credentialsFolder(directory), 'nuvemshop', '1');
    const secrets = { access_token: 'token-of-one' };
    writeCredentials(path, { account: { store_id: '1' }, secrets });

    const { platform, problems } = await configure(
      'nuvemshop: { accounts: [{ store_id: "1", contact_email: a@example.com }] }',
      directory,
    );

    expect(problems).toEqual([]);
    expect(platform?.accounts[0]?.credentialsPath).toBe(path);
    expect(platform?.accounts[0]?.settings).toMatchObject({ store_id: '1' });
  });

  test('complete no other account', async () => {
    const directory = folderOf({});
    const path = credentialsPath(credentialsFolder(directory), 'nuvemshop', '1');
    writeCredentials(path, { account: { store_id: '1' }, secrets: { access_token: 'x' } });

    const { problems } = await configure(
      'nuvemshop: { accounts: [{ store_id: "2", contact_email: a@example.com }] }',
      directory,
    );

    expect(problems).toHaveLength(1);
  });

  test('that are damaged are told without what they hold', async () => {
    const directory = folderOf({});
    mkdirSync(credentialsFolder(directory), { recursive: true });
    writeFileSync(join(credentialsFolder(directory), 'nuvemshop-1.json'), '{"secret": tok');

    const { problems } = await configure(`nuvemshop: { accounts: [${ACCOUNT}] }`, directory);

    expect(problems).toMatchObject([
      {
        code: 'CX7214',
        message: 'the credentials in `.cortex/credentials/nuvemshop-1.json` cannot be read',
      },
    ]);
  });
});

describe('platforms that ship', () => {
  test.each(platformNames)('%s keeps to the contract', async (name) => {
    const platform = await loadPlatform(name);
    if (platform === undefined) throw new Error('no platform');

    expect(platform.name).toBe(name);
    const tables = platform.streams.flatMap((stream) => [
      stream.name,
      ...(stream.children ?? []).map((child) => child.name),
    ]);
    expect(tables.filter((table, index) => tables.indexOf(table) !== index)).toEqual([]);
    for (const stream of platform.streams) {
      const columns = Object.keys(stream.columns);
      expect(columns).toEqual(expect.arrayContaining([...stream.key]));
      if (stream.versionBy !== undefined) expect(columns).toContain(stream.versionBy);
      if (stream.write.mode === 'replace_window')
        expect(columns).toContain(stream.write.windowColumn);
      for (const child of stream.children ?? []) {
        const own = child.key === 'position' ? [] : child.key;
        expect(child.parentKey).toHaveLength(stream.key.length);
        expect(Object.keys(child.columns)).toEqual(expect.arrayContaining([...own]));
        expect(child.parentKey.filter((name) => own.includes(name))).toEqual([]);
      }
    }
  });

  test.each(platformNames)(
    'every stream of %s that has a past says what reading it takes',
    async (name) => {
      const platform = await loadPlatform(name);

      const dated = (platform?.streams ?? []).filter(({ cursor }) => cursor.kind !== 'none');

      expect(dated.length).toBeGreaterThan(0);
      for (const stream of dated) {
        const [month = 0, year = 0] = [30, 365].map((days) => stream.estimate?.(days).calls);
        expect(month, stream.name).toBeGreaterThan(0);
        expect(year, stream.name).toBeGreaterThan(month);
      }
    },
  );

  test.each(platformNames)('all columns of %s are described', async (name) => {
    const platform = await loadPlatform(name);

    const columns = (platform?.streams ?? []).flatMap((stream) => [
      ...Object.entries(stream.columns),
      ...(stream.children ?? []).flatMap((child) => Object.entries(child.columns)),
    ]);

    expect(columns.filter(([, { description }]) => description.trim() === '')).toEqual([]);
  });
});
