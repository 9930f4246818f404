import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectName } from '../../../cli/commands/init.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';

test('init writes a project that parses', async () => {
  const directory = createDirectory();

  const started = await cortex(['init', 'Loja Açaí'], { directory: directory.path });
  const listed = await cortex(['ls', '--resource-type', 'model', 'seed'], {
    directory: directory.path,
  });

  expect(started).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'started the project `loja_acai`; `cortex build` builds it on a private local server\n',
  });
  expect(readdirSync(directory.path).toSorted()).toMatchInlineSnapshot(`
    [
      ".env.example",
      ".gitignore",
      "README.md",
      "cortex_project.yml",
      "models",
      "seeds",
      "target",
      "tests",
    ]
  `);
  expect(listed).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stderr": "",
      "stdout": "loja_acai.marts.fct_customer_orders
    loja_acai.staging.stg_orders
    loja_acai.raw_orders
    ",
    }
  `);
});

test('init leaves files that exist as they are', async () => {
  const directory = createDirectory({ 'README.md': 'mine\n' });

  const { exitCode, stderr } = await cortex(['init', 'shop'], { directory: directory.path });

  expect(exitCode).toBe(0);
  expect(directory.read('README.md')).toBe('mine\n');
  expect(stderr.replaceAll(directory.path, '<directory>')).toMatchInlineSnapshot(`
    "started the project \`shop\`; \`cortex build\` builds it on a private local server
    warning[CX1006] file-exists: \`README.md\` exists and is left as it is
    "
  `);
});

test('init refuses a directory that already holds a project', async () => {
  const directory = createDirectory({ 'cortex_project.yml': 'name: shop\n' });

  const { exitCode, stderr } = await cortex(['init'], { directory: directory.path });

  expect(exitCode).toBe(2);
  expect(readdirSync(directory.path)).toEqual(['cortex_project.yml']);
  expect(stderr.replaceAll(directory.path, '<directory>')).toMatchInlineSnapshot(`
    "error[CX1007] project-exists: \`<directory>\` already holds a project

    hint: call \`cortex build\` there, or \`cortex init\` in another directory
    "
  `);
});

test('any text becomes a name that a project can have', () => {
  expect(['Loja São João!', '2026 shop', '***', 'already_fine'].map(projectName)).toEqual([
    'loja_sao_joao',
    'p_2026_shop',
    'my_project',
    'already_fine',
  ]);
});
