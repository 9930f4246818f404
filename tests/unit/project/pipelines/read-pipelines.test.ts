import { expect, test } from 'vitest';
import { readPipelines } from '../../../../cli/project/pipelines/read-pipelines.ts';
import { parseYaml, plainValue } from '../../../../cli/project/yaml.ts';

const client = { name: '', code: '', timezone: 'America/Sao_Paulo', currency: '', locale: '' };

function read(text: string) {
  const { value: yaml } = parseYaml(text, 'cortex_project.yml');
  if (yaml === undefined) return expect.fail();
  const pipelines = { yaml, value: plainValue(yaml), file: 'cortex_project.yml' };
  return readPipelines({ pipelines, environment: {}, client });
}

test('a project without pipelines has the built-in ones, in the zone of its client', () => {
  const { value } = readPipelines({ pipelines: undefined, environment: {}, client });

  expect(
    value.map(({ name, timeZone, steps }) => [name, timeZone, ...steps.map((one) => one.name)]),
  ).toEqual([
    ['daily', 'America/Sao_Paulo', 'sync', 'build', 'test', 'convert', 'alerts', 'report'],
    ['hourly', 'America/Sao_Paulo', 'sync', 'build-conversions', 'convert'],
    ['weekly', 'America/Sao_Paulo', 'freshness', 'build', 'test'],
    ['backfill', 'America/Sao_Paulo', 'backfill', 'build'],
  ]);
});

test('what the project writes stands over the built-in pipeline, and its times are read', () => {
  const { value, diagnostics } = read(`
daily:
  schedule: 30 6 * * *
  timezone: UTC
nightly:
  steps:
    - seed
    - { step: build, select: [a, b], timeout: 90s, retries: 2, on_failure: continue }
`);
  const named = (name: string) => value.find((one) => one.name === name);

  expect(diagnostics).toEqual([]);
  expect(named('daily')).toMatchObject({ schedule: '30 6 * * *', timeZone: 'UTC' });
  expect(named('daily')?.steps).toHaveLength(6);
  expect(named('nightly')?.steps[1]).toMatchObject({
    kind: 'build',
    timeoutMs: 90_000,
    retries: 2,
    onFailure: 'continue',
    options: { select: ['a', 'b'] },
  });
});

test.each([
  ['a schedule that is never due', 'daily: { schedule: 0 0 31 2 * }'],
  ['a schedule of six fields', 'daily: { schedule: 0 0 5 * * * }'],
  ['a zone that nobody knows', 'daily: { timezone: Mars/Base }'],
  ['a step of no kind', 'own: { steps: [shell] }'],
  ['an option of another kind', 'own: { steps: [{ step: test, full_refresh: true }] }'],
  ['a time without a unit', "own: { steps: [{ step: test, timeout: '30' }] }"],
  ['two steps of one name', 'own: { steps: [build, build] }'],
])('%s is refused as CX7701', (_, text) => {
  expect(read(text).diagnostics.map(({ code }) => code)).toEqual(['CX7701']);
});
