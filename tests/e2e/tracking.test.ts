import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtCortex } from '../support/built-cortex.ts';
import { trackingFixture } from '../support/tracking-fixture.ts';
import { writeFiles, writeProject } from '../support/project-files.ts';

const PROJECT = `name: shop
targets: { dev: { type: local } }
tracking: { ga4_id: G-TEST12345, meta_pixel_id: "1234567890", tiktok_pixel_code: C1A2B3 }
`;

test('the built program writes a container from the dictionary of the package and checks it', async () => {
  const directory = writeProject({ 'cortex_project.yml': PROJECT });

  const written = await builtCortex(directory, ['tracking', 'gtm']);
  const checked = await builtCortex(directory, ['tracking', 'validate', written.stdout.trim()]);

  expect(written).toMatchObject({ exitCode: 0, stdout: 'tracking/gtm_container.json\n' });
  expect(checked.stderr).toContain('a container with 0 errors and 0 warnings');
  expect(checked.exitCode).toBe(0);
  const text = readFileSync(join(directory, 'tracking/gtm_container.json'), 'utf8');
  expect(text).toContain('"name": "TikTok - purchase"');
});

interface Cases {
  readonly cases: readonly { readonly push: object; readonly problems: readonly string[] }[];
}

test('the built program checks pushes: exit codes, lines and JSON', async () => {
  const { cases } = trackingFixture<Cases>('datalayer_events');
  const pushes = cases.flatMap(({ push }) => [{ ecommerce: null }, push]);
  const directory = writeProject({});
  writeFiles(directory, {
    'pushes.json': JSON.stringify(pushes, undefined, 2),
    'good.json': JSON.stringify(cases[0]?.push),
    'broken.json': '[{"event": }]',
  });

  const bad = await builtCortex(directory, ['tracking', 'validate', 'pushes.json', '--json']);
  const good = await builtCortex(directory, ['tracking', 'validate', 'good.json']);
  const broken = await builtCortex(directory, ['tracking', 'validate', 'broken.json']);

  const lines = bad.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const slugs = lines.filter(({ severity }) => severity === 'error').map(({ slug }) => slug);
  expect(slugs).toEqual(
    cases.flatMap(({ problems }) => problems.map((problem) => problem.replaceAll('_', '-'))),
  );
  expect([bad.exitCode, good.exitCode, broken.exitCode]).toEqual([1, 0, 2]);
  expect(broken.stderr).toContain('broken.json:1:12');
});
