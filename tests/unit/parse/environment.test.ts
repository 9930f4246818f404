import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEnvironment } from '../../../cli/parse/environment.ts';
import { parseProject } from '../../../cli/parse/parse-project.ts';
import { PARSE_CAPABILITIES } from '../../../cli/parse/parse-time.ts';
import { fixture } from '../../support/fixture.ts';
import { loaded, parsed } from '../../support/project-files.ts';

interface EnvironmentCase {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly call?: readonly string[];
  readonly expected?: string;
  readonly error?: string;
}

const { env: cases } = fixture<{ env: EnvironmentCase[] }>('config');

describe('environment variables in templates', () => {
  test.each(cases.filter(({ call }) => call !== undefined))(
    '$name',
    async ({ env, call = [], expected, error }) => {
      const names = call.map((name) => `'${name}'`).join(' ');
      const files = {
        'models/m.sql': `{{config event_time=(env_var ${names})}}select {{env_var ${names}}}`,
      };

      const { value, diagnostics } = await parsed(files, { environment: env });

      if (error === undefined) {
        expect(diagnostics).toEqual([]);
        expect(value.nodes.get('model.shop.m')?.config.event_time).toBe(expected);
      } else {
        expect(diagnostics.map(({ severity }) => severity)).toContain('error');
        expect(value.nodes.get('model.shop.m')?.config.event_time).toBeUndefined();
      }
    },
  );
});

test('templates see the target without its password, the client, variables, docs and macros', async () => {
  const project = await loaded(
    {
      'cortex_project.yml': `name: shop
client: { name: Loja, locale: pt-BR }
vars: { days: 30 }
targets: { prod: { type: mysql, host: db, user: ana, password: hidden, database: loja } }
`,
      'models/d.md': '{% docs one %}First{% enddocs %}',
      'macros/cents.sql': '({{column}} / 100)',
    },
    { vars: { days: 7 } },
  );
  const manifest = parseProject(project).value;

  const environment = createEnvironment(project, manifest, {
    capabilities: PARSE_CAPABILITIES,
    runStartedAt: '2026-11-23T09:00:00.000000Z',
  });

  expect(environment.target).toEqual({
    name: 'prod',
    database: 'loja',
    threads: 4,
    host: 'db',
    user: 'ana',
  });
  expect(environment.client).toMatchObject({ name: 'Loja', locale: 'pt-BR', timezone: 'UTC' });
  expect([environment.variable('days'), environment.variable('nope')]).toEqual([7, undefined]);
  expect([environment.doc('one'), environment.doc('shop.one')]).toEqual(['First', 'First']);
  expect(environment.macros.find('cents', 'shop')?.kind).toBe('sql');
});

test('arguments of macros are declared in YAML and checked at the call', async () => {
  const files = {
    'macros/cents.sql': '({{column}} / {{by}})',
    'macros/_macros.yml': `macros:
  - name: cents
    description: Money
    arguments: [{ name: column, type: string }, { name: by, type: number, default: 100 }]
`,
    'models/m.sql': "select {{cents 'total'}}, {{cents}}",
  };

  const { value } = await parsed(files);

  expect(value.macros.get('macro.shop.cents')).toMatchObject({
    description: 'Money',
    arguments: [
      { name: 'column', type: 'string', isRequired: true },
      { name: 'by', type: 'number', isRequired: false, default: 100 },
    ],
  });
  expect(value.nodes.get('model.shop.m')?.macros).toEqual(['macro.shop.cents']);
});

test('a file that is not UTF-8, or went away after it was found, is named', async () => {
  const latin = { 'models/m.sql': 'select 1' };
  const project = await loaded(latin, { usesCache: false });
  writeFileSync(join(project.directory, 'models/m.sql'), Buffer.from([0x73, 0xe9, 0x0a]));
  expect(
    parseProject(project).diagnostics.map(({ code, message }) => `${code} ${message}`),
  ).toEqual(['CX1105 `models/m.sql` cannot be read as UTF-8 text']);

  const gone = await loaded(latin, { usesCache: false });
  rmSync(join(gone.directory, 'models/m.sql'));
  expect(parseProject(gone).diagnostics.map(({ code }) => code)).toEqual(['CX1105']);
});

test('a script declares its own arguments, and is called with them', async () => {
  const script = `export const declaration = { description: 'Loud', arguments: [{ name: 'text', type: 'string' }] };
export function shout(values: { text: string }): string { return values.text.toUpperCase(); }
`;

  const { value, diagnostics } = await parsed({
    'macros/shout.ts': script,
    'models/m.sql': "{{config alias=(shout 'loud')}}select 1",
  });

  expect(diagnostics).toEqual([]);
  expect(value.macros.get('macro.shop.shout')).toMatchObject({
    language: 'script',
    description: 'Loud',
    arguments: [{ name: 'text', type: 'string', isRequired: true }],
  });
  expect(value.nodes.get('model.shop.m')).toMatchObject({ relation: { name: 'LOUD' } });
});
