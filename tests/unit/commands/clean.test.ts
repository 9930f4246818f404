import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';

const PROJECT = 'name: shop\ntargets: { local: { type: local, database: shop } }\n';

test('clean deletes the clean targets and nothing else', async () => {
  const directory = createDirectory({
    'cortex_project.yml': `${PROJECT}clean-targets: [target, out]\n`,
    'target/manifest.json': '{}',
    'out/x.txt': '',
    'models/a.sql': 'select 1 as id',
  });

  const { exitCode, stderr } = await cortex(['clean'], { directory: directory.path });

  expect(exitCode).toBe(0);
  expect(stderr).toBe('deleted 2 paths: target, out\n');
  expect(readdirSync(directory.path).toSorted()).toEqual(['cortex_project.yml', 'models']);
});

test.each(['..', '../neighbour', '.', 'models', '/etc'])(
  'clean refuses %s and deletes nothing',
  async (target) => {
    const directory = createDirectory({
      'cortex_project.yml': `${PROJECT}clean-targets: [target, ${target}]\n`,
      'target/manifest.json': '{}',
      'models/a.sql': 'select 1 as id',
    });

    const { exitCode, stderr } = await cortex(['clean'], { directory: directory.path });

    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error[CX1005] clean-outside-project: \`${target}\``);
    expect(existsSync(join(directory.path, 'target/manifest.json'))).toBe(true);
  },
);
