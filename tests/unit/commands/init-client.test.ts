import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../../cli/start.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { FakeClock } from '../../support/run-events.ts';

const CHOICES = ['--platform', 'nuvemshop', '--ads', 'meta,google', '--no-connect'];

test('init with platforms writes a client’s project of the model pack that parses', async () => {
  const directory = createDirectory({ 'package.json': '{ "private": true }\n' });
  const command = ['init', 'Loja Açaí', ...CHOICES, '--language', 'pt-BR'];

  const started = await cortex(command, { directory: directory.path });
  const parsed = await cortex(['parse'], { directory: directory.path });
  const listed = await cortex(['ls', '--output', 'name', '--select', 'staging.*,orders'], {
    directory: directory.path,
  });

  expect(started.exitCode).toBe(0);
  expect(started.stderr).not.toContain('CX');
  expect(parsed).toMatchObject({ exitCode: 0 });
  expect(parsed.stderr).not.toContain('CX');
  expect(listed.stdout).not.toContain('tray');
  expect(readdirSync(join(directory.path, 'sources')).toSorted()).toEqual([
    'google_ads.yml',
    'meta_ads.yml',
    'nuvemshop.yml',
  ]);
  const project = directory.read('cortex_project.yml');
  expect(project).toContain('name: "Loja Açaí"');
  expect(project).toMatch(/^ {2}ads: \[meta_ads, google_ads\]$/m);
  expect(project).toMatch(/^ {2}analytics: \[\]$/m);
  expect(project).toMatch(/^models:\n {2}loja_acai:$/m);
  expect(directory.read('docs/pt-BR/credenciais.md')).not.toContain('](../credentials.md)');
  expect(directory.read('docs/pt-BR/onboarding.md')).toContain('](gerenciador-de-tags.md)');
  expect(directory.read('.gitignore')).toContain('.env\n');
  expect(directory.read('package.json')).toBe('{ "private": true }\n');
  expect(existsSync(join(directory.path, '.cortex/schemas/properties.schema.json'))).toBe(true);
});

test('the example of the environment names the variables of the project file, and no other', async () => {
  const directory = createDirectory();

  await cortex(['init', 'acme', ...CHOICES], { directory: directory.path });

  const written = [...directory.read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  const named = [...directory.read('cortex_project.yml').matchAll(/\$\{(\w+)/g)].map(
    ([, name]) => name,
  );
  expect(new Set(written)).toEqual(new Set(named));
  expect(written).toEqual(
    expect.arrayContaining(['NUVEMSHOP_ACCESS_TOKEN', 'META_ADS_ACCOUNT_ID', 'DB_PASSWORD']),
  );
  expect(written.filter((name) => /TRAY|TIKTOK|GA4|SHOPIFY/.test(name ?? ''))).toEqual([]);
});

test('a platform that does not exist is an error with the nearest name, and nothing is written', async () => {
  const directory = createDirectory();

  const shop = await cortex(['init', '--platform', 'nuvemshp'], { directory: directory.path });
  const ads = await cortex(['init', '--platform', 'tray', '--ads', 'gogle'], {
    directory: directory.path,
  });

  expect(shop).toMatchObject({ exitCode: 2 });
  expect(shop.stderr).toMatchInlineSnapshot(`
    "error[CX7014] unknown-connector: there is no platform \`nuvemshp\`

    hint: did you mean \`nuvemshop\`?
    "
  `);
  expect(ads.stderr).toContain('did you mean `google`?');
  expect(readdirSync(directory.path)).toEqual([]);
});

test('a file among those of the pack stops init before the first file', async () => {
  const directory = createDirectory({ 'models/facts/fct_orders.sql': 'select 1 as mine\n' });

  const { exitCode, stderr } = await cortex(['init', 'acme', ...CHOICES], {
    directory: directory.path,
  });

  expect(exitCode).toBe(2);
  expect(stderr).toMatchInlineSnapshot(`
    "error[CX1015] files-in-the-way: \`models/facts/fct_orders.sql\` exists already; nothing was written

    hint: call \`cortex init\` in an empty directory, or move them away
    "
  `);
  expect(readdirSync(directory.path)).toEqual(['models']);
  expect(directory.read('models/facts/fct_orders.sql')).toBe('select 1 as mine\n');
});

test('at a terminal init asks, and an empty platform gives the small project', async () => {
  const asked = createDirectory();
  const small = createDirectory();

  const code = await answering(asked.path, ['tray', 'tiktok', '', 'pt-br']);
  await answering(small.path, ['']);

  expect(code).toBe(0);
  expect(asked.read('cortex_project.yml')).toMatch(/^ {2}ads: \[tiktok_ads\]$/m);
  expect(asked.read('cortex_project.yml')).toContain('locale: pt-BR');
  expect(readdirSync(join(small.path, 'seeds'))).toContain('raw_orders.csv');
});

async function answering(directory: string, answers: string[]): Promise<number> {
  return runCommandLine(['init', 'acme', '--no-connect'], {
    stdout: { write: () => undefined },
    stderr: { write: () => undefined },
    environment: {},
    directory,
    clock: new FakeClock(),
    signal: new AbortController().signal,
    commandLine: [],
    ask: async () => answers.shift() ?? expect.fail('a question too many'),
  });
}
