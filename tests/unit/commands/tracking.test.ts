import { expect, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { trackingFixture } from '../../support/tracking-fixture.ts';

const PROJECT = `name: shop
client: { name: Loja Aurora }
targets: { dev: { type: local } }
tracking:
  ga4_id: G-TEST12345
  meta_pixel_id: 1234567890
`;
const FILE = 'tracking/gtm_container.json';

test('a container is written from the ids of the project and passes its own check', async () => {
  const { path, read } = createDirectory({ 'cortex_project.yml': PROJECT });

  const written = await cortex(['tracking', 'gtm'], { directory: path });
  const checked = await cortex(['tracking', 'validate', FILE], { directory: path });

  expect(written).toMatchObject({ exitCode: 0, stdout: `${FILE}\n` });
  expect(read(FILE)).toContain('"name": "Loja Aurora"');
  expect(read(FILE)).toContain('"value": "1234567890"');
  expect(checked).toMatchObject({
    exitCode: 0,
    stderr: `${FILE}: a container with 0 errors and 0 warnings\n`,
  });
});

test('a second call leaves a file alone that says the same, and a changed id rewrites it', async () => {
  const { path, read } = createDirectory({ 'cortex_project.yml': PROJECT });
  await cortex(['tracking', 'gtm'], { directory: path });
  const first = read(FILE);

  const again = await cortex(['tracking', 'gtm', '--json'], { directory: path });
  const other = await cortex(['tracking', 'gtm', '--json', '--ga4-id', 'G-OTHER1'], {
    directory: path,
  });

  expect(JSON.parse(again.stdout)).toEqual({
    file: FILE,
    changed: false,
    tags: 30,
    triggers: 15,
    variables: 6,
  });
  expect(JSON.parse(other.stdout)).toMatchObject({ changed: true });
  expect(read(FILE)).not.toBe(first);
  expect(read(FILE)).toContain('G-OTHER1');
});

test('flags are enough where there is no project', async () => {
  const { path, read } = createDirectory();

  const { exitCode } = await cortex(
    ['tracking', 'gtm', 'c.json', '--tiktok-pixel-code', 'C1A2', '--consent-default', 'granted'],
    { directory: path },
  );

  expect(exitCode).toBe(0);
  expect(read('c.json')).toContain("ad_storage:'granted'");
  expect(read('c.json')).toContain('ttq.track');
});

test('everything wrong with the ids is told at once, and no file is written', async () => {
  const project = `name: shop
targets: { dev: { type: local } }
tracking:
  ga4_id: UA-1234
  meta_pixel: 12
  container: { public_id: ABC }
`;
  const { path, read } = createDirectory({ 'cortex_project.yml': project });

  const { exitCode, stderr } = await cortex(['tracking', 'gtm', '--meta-pixel-id', '12a'], {
    directory: path,
  });

  expect(exitCode).toBe(2);
  expect(stderr).toMatchInlineSnapshot(`
    "error[CX1101] config-invalid: \`ga4_id\` must be a measurement id such as \`G-ABC123DEF4\`
     --> cortex_project.yml:4:11
      |
    3 | tracking:
    4 |   ga4_id: UA-1234
      |           ^^^^^^^
    5 |   meta_pixel: 12

    error[CX1101] config-invalid: \`container.public_id\` must be a container id such as \`GTM-ABC1234\`
     --> cortex_project.yml:6:27
      |
    5 |   meta_pixel: 12
    6 |   container: { public_id: ABC }
      |                           ^^^

    error[CX1102] config-unknown-key: \`meta_pixel\` is not a key that can stand here
     --> cortex_project.yml:5:3
      |
    4 |   ga4_id: UA-1234
    5 |   meta_pixel: 12
      |   ^^^^^^^^^^
    6 |   container: { public_id: ABC }

    hint: the keys here are \`ga4_id\`, \`meta_pixel_id\`, \`tiktok_pixel_code\`, \`consent_default\` and \`container\`

    error[CX1002] bad-flag-value: \`--meta-pixel-id\` is \`12a\`, which is not digits only
    "
  `);
  expect(() => read(FILE)).toThrow();
});

test('ids may come from the environment, and other commands do not need them', async () => {
  const { path, read } = createDirectory({
    'cortex_project.yml':
      'name: shop\ntargets: { dev: { type: local } }\ntracking: { ga4_id: "${GA4}" }\n',
    'models/orders.sql': 'select 1 as id\n',
  });

  const missing = await cortex(['tracking', 'gtm'], { directory: path });
  const listed = await cortex(['ls'], { directory: path });
  const given = await cortex(['tracking', 'gtm'], {
    directory: path,
    environment: { GA4: 'G-ENV1' },
  });

  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toContain('CX1120');
  expect(listed.exitCode).toBe(0);
  expect(given.exitCode).toBe(0);
  expect(read(FILE)).toContain('G-ENV1');
});

test('without any id there is nothing to write', async () => {
  const { path } = createDirectory();

  const { exitCode, stderr } = await cortex(['tracking', 'gtm'], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('error[CX8203] tracking-without-ids');
});

interface BadContainers {
  readonly cases: readonly { readonly id: string; readonly container: unknown }[];
}

test('a broken container is refused with its place for people and for machines', async () => {
  const broken = trackingFixture<BadContainers>('gtm_bad_containers').cases[2]?.container;
  const { path } = createDirectory({ 'c.json': JSON.stringify(broken, undefined, 2) });

  const people = await cortex(['tracking', 'validate', 'c.json'], { directory: path });
  const machines = await cortex(['tracking', 'validate', 'c.json', '--json'], { directory: path });

  expect(people.exitCode).toBe(1);
  expect(people.stderr).toMatchInlineSnapshot(`
    "c.json: a container with 1 error and 0 warnings
    error[CX8215] container-dangling-reference: no trigger has the id \`999\`
       --> c.json:175:11
        |
    174 |         "firingTriggerId": [
    175 |           "999"
        |           ^^^^^
    176 |         ],
        = JSON path: containerVersion.tag[2].firingTriggerId[0]

    hint: add the trigger, or take its id out of the tag
    "
  `);
  const lines = machines.stdout.trim().split('\n');
  expect(machines.exitCode).toBe(1);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    {
      type: 'diagnostic',
      code: 'CX8215',
      labels: [{ file: 'c.json', start: { line: 175, column: 11 } }],
      notes: ['JSON path: containerVersion.tag[2].firingTriggerId[0]'],
      hint: 'add the trigger, or take its id out of the tag',
    },
    { file: 'c.json', kind: 'container', errors: 1, warnings: 0 },
  ]);
});

test('warnings alone are no failure, and an event of the project is known', async () => {
  const { path } = createDirectory({
    'cortex_project.yml': 'name: shop\ntargets: { dev: { type: local } }\n',
    'tracking/events.yml':
      'version: 1\nevents:\n  quiz: { description: A quiz, items: none, parameters: [], required: [] }\n',
    'pushes.json': '[{"event": "quiz", "ecommerce": {}}, {"event": "quizz", "ecommerce": {}}]',
  });

  const { exitCode, stderr } = await cortex(['tracking', 'validate', 'pushes.json'], {
    directory: path,
  });

  expect(exitCode).toBe(0);
  expect(stderr).toContain('a list of pushes with 0 errors and 2 warnings');
  expect(stderr).toContain('did you mean `quiz`?');
});

test('warnings that were raised to errors count as errors', async () => {
  const { path } = createDirectory({ 'pushes.json': '[{"event": "purchse"}]' });

  const { exitCode, stderr } = await cortex(
    ['tracking', 'validate', 'pushes.json', '--warn-error'],
    { directory: path },
  );

  expect(exitCode).toBe(1);
  expect(stderr).toContain('a list of pushes with 1 error and 0 warnings');
});

test.each([
  ['a file that is not there', 'none.json', 'CX1105'],
  ['a file of another kind', 'cortex_project.yml', 'CX8205'],
])('%s cannot be checked', async (_, file, code) => {
  const { path } = createDirectory({
    'cortex_project.yml': 'name: shop\ntargets: { dev: { type: local } }\n',
  });

  const { exitCode, stderr } = await cortex(['tracking', 'validate', file], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr).toContain(code);
});
