import { expect, test } from 'vitest';
import { BUILT_IN_TEST_NAMES } from '../../../cli/compile/tests/names.ts';
import { BUILT_IN_TESTS } from '../../../cli/compile/tests/registry.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';

test('the list of names is that of the registry', () => {
  expect(BUILT_IN_TEST_NAMES).toEqual([...BUILT_IN_TESTS.keys()]);
});

test('a test that neither ships nor stands in the project is an error with the nearest name', async () => {
  const { path } = createDirectory({
    'cortex_project.yml': 'name: shop\ntargets: { local: { type: local, database: shop } }\n',
    'models/a.sql': 'select 1 as id\n',
    'models/a.yml': 'models: [{ name: a, columns: [{ name: id, data_tests: [uniqe] }] }]\n',
  });

  const { exitCode, stderr } = await cortex(['parse'], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('did you mean `unique`?');
});
