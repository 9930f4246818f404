import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ownConnectors } from '../../../../connectors/runner/own-connectors.ts';
import { folderOf } from '../../../support/synced-files.ts';

function projectOf(files: Readonly<Record<string, string>>): string {
  const directory = folderOf({});
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, 'connectors', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return directory;
}

const PLATFORM = `
  name: 'erp', label: 'ERP', version: 1, streams: [], probe: async () => ({}),`;

test('a project brings platforms along, in JavaScript and in TypeScript, alone or in a folder', async () => {
  const directory = projectOf({
    'erp/platform.ts': `import { label } from './label.ts';
export const erp = { ${PLATFORM} note: label('x') as string };`,
    'erp/label.ts': 'export const label = (text: string): string => `-${text}-`;',
    'crm.js': "export const crm = { name: 'crm', streams: [], probe: async () => ({}) };",
  });

  const own = ownConnectors({ directory });

  expect(own.names).toEqual(['crm', 'erp']);
  expect((await own.load('crm')).value?.name).toBe('crm');
  expect((await own.load('erp')).value).toMatchObject({ label: 'ERP', note: '-x-' });
});

test('a copy of the template is a platform of its own, with the SDK of the running Cortex', async () => {
  const directory = folderOf({});
  const folder = join(directory, 'connectors', 'template');
  cpSync(new URL('../../../../connectors/_template', import.meta.url), folder, { recursive: true });

  const { value, diagnostics } = await ownConnectors({ directory }).load('template');

  expect(diagnostics).toEqual([]);
  expect(value?.streams.map(({ name }) => name)).toEqual(['orders', 'customers']);
});

test('a folder `sdk` of the project is the one that its relative imports mean', async () => {
  const directory = projectOf({
    'erp/platform.ts': `import { label } from '../sdk/label.ts';
export const erp = { ${PLATFORM} note: label };`,
    'sdk/label.ts': "export const label = 'own';",
  });

  expect((await ownConnectors({ directory }).load('erp')).value).toMatchObject({ note: 'own' });
});

test.each([
  ['nothing', 'export const nothing = 1;', 'it exports no platform'],
  ['another name', "export const a = { name: 'other', streams: [], probe() {} };", '`other`'],
  ['a mistake', 'throw new Error("not yet");', 'not yet'],
])('a file with %s is told', async (_about, text, detail) => {
  const own = ownConnectors({ directory: projectOf({ 'erp.js': text }) });

  const { diagnostics } = await own.load('erp');

  expect(diagnostics[0]).toMatchObject({ code: 'CX7215' });
  expect(diagnostics[0]?.message).toContain('`connectors/erp.js` cannot be used');
  expect(diagnostics[0]?.message).toContain(detail);
});

test('a project without the folder brings none', () => {
  expect(ownConnectors({ directory: folderOf({}) }).names).toEqual([]);
});
