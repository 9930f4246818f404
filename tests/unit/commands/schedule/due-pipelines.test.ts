import { expect, test } from 'vitest';
import { dueTimes } from '../../../../cli/commands/schedule/due-pipelines.ts';

function due(schedule: string, timeZone: string, startedAt: string): string | undefined {
  const pipeline = { name: 'own', description: '', schedule, timeZone, steps: [] };
  const [first] = dueTimes([pipeline], new Map([['own', Date.parse(startedAt)]]));
  return first && new Date(first.at).toISOString();
}

test.each([
  [
    'in the zone of the pipeline',
    '0 5 * * *',
    'America/Sao_Paulo',
    '2026-03-02T08:00:00Z',
    '2026-03-03T08:00:00.000Z',
  ],
  [
    'once for all that was missed',
    '0 5 * * *',
    'UTC',
    '2026-03-02T05:00:00Z',
    '2026-03-03T05:00:00.000Z',
  ],
  [
    'right after an hour that is left out',
    '30 2 * * *',
    'America/New_York',
    '2026-03-07T08:00:00Z',
    '2026-03-08T07:30:00.000Z',
  ],
  [
    'once in an hour that comes twice',
    '30 1 * * *',
    'America/New_York',
    '2026-11-01T05:30:00Z',
    '2026-11-02T06:30:00.000Z',
  ],
])('a pipeline is due %s', (...[, schedule, timeZone, startedAt, at]) => {
  expect(due(schedule, timeZone, startedAt)).toBe(at);
});
