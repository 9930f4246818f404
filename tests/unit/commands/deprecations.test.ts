import { expect, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';

const PROJECT = {
  'cortex_project.yml': 'name: shop\ntargets: { local: { type: local, database: shop } }\n',
  'models/old.sql': 'select 1 as id\n',
  'models/a.sql': "select * from {{ref 'old'}}\n",
  'models/b.sql': "select * from {{ref 'old'}}\n",
  'models/models.yml': 'models: [{ name: old, deprecation_date: "2027-01-01" }]\n',
};

test('a deprecated model is reported once, with the number of refs to it', async () => {
  const { path } = createDirectory(PROJECT);

  const { stderr } = await cortex(['ls'], { directory: path });

  expect(stderr).toMatchInlineSnapshot(`
    "warning[CX2106] deprecated-ref: model \`old\` is deprecated from 2027-01-01
     --> models/a.sql:1:21
      |
    1 | select * from {{ref 'old'}}
      |                     ^^^^^
      = 1 more ref to it
    "
  `);
});

test('commands that are about something else do not report deprecated models', async () => {
  const { path } = createDirectory(PROJECT);

  const { stderr } = await cortex(['run-operation', 'nothing'], { directory: path });

  expect(stderr).toContain('error[CX');
  expect(stderr).not.toContain('CX2106');
});
