import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ga4 } from '../../../../connectors/ga4/platform.ts';
import { placedFaults } from '../../../../connectors/simulators/faults.ts';
import { ga4Simulator } from '../../../../connectors/simulators/ga4/simulator.ts';
import type { Ga4State } from '../../../../connectors/simulators/ga4/state.ts';
import { PROPERTY_ID } from '../../../../connectors/simulators/ga4/world.ts';
import { createWorld } from '../../../../connectors/simulators/shop/world.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { jumpingClock } from '../../../support/jumping-clock.ts';
import { readStream } from '../../../support/read-stream.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const EMAIL = 'leitor@loja.iam.gserviceaccount.com';
const world = createWorld({ seed: 5, orders: 1000, days: 60, startDate: '2026-08-15' });
const clock = jumpingClock('2026-10-05T12:00:00Z');

let simulator: Simulator<Ga4State>;

beforeEach(async () => {
  simulator = await startSimulator(ga4Simulator, { world, clock, credentials: [EMAIL] });
});

afterEach(async () => {
  await simulator.close();
  expect(simulator.problems).toEqual([]);
});

const read = (stream: string, pageSize?: number) =>
  readStream({
    platform: ga4,
    account: {
      property_id: PROPERTY_ID,
      client_email: EMAIL,
      private_key: privateKey,
      bigquery_project: 'simulated',
    },
    facts: { name: 'Loja', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream,
    slice: { kind: 'dates', from: '2026-09-10', to: '2026-09-12' },
    origin: simulator.origin,
    clock,
    pageSize,
  });

const sum = (texts: readonly (string | null)[]) =>
  texts.reduce((total, text) => total + Number(text), 0);

test.each([
  'traffic_daily',
  'transactions',
  'items_daily',
  'events_daily',
  'landing_pages',
  'events',
])('%s reads what it asks for, and every value fits its column', async (stream) => {
  const { rows } = await read(stream);

  expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
  expect(rows.length).toBeGreaterThan(0);
});

test('fields that do not go together are refused', async () => {
  await expect(read('city_daily')).rejects.toThrow(/incompatible/);
});

test('the size of a page and what goes wrong on the way change nothing', async () => {
  const expected = await read('traffic_daily');
  simulator.setFaults(
    placedFaults([
      { fault: { kind: 'server_error' }, path: /runReport/, from: 1 },
      { fault: { kind: 'cut_length' }, path: /runReport/, from: 3 },
      { fault: { kind: 'expired_token' }, path: /runReport/, from: 5 },
    ]),
  );

  const disturbed = await read('traffic_daily', 7);

  expect(disturbed.rows.map(({ hash }) => hash)).toEqual(expected.rows.map(({ hash }) => hash));
  expect(Object.keys(simulator.counters.byFault)).toHaveLength(3);
});

test('single events are the sessions that the reports sum up', async () => {
  const events = await read('events', 50);
  const traffic = await read('traffic_daily');

  const starts = events.column('event_name').filter((name) => name === 'session_start').length;
  expect(starts).toBe(sum(traffic.column('sessions')));
});

test('a day whose tokens are used up ends the run until they come back', async () => {
  simulator.state.perDay.take(200_000);

  await expect(read('traffic_daily')).rejects.toThrow(/tokens per day/);
});

test('a service account that nobody added is refused', async () => {
  await simulator.close();
  simulator = await startSimulator(ga4Simulator, { world, clock, credentials: [] });

  await expect(read('traffic_daily')).rejects.toThrow(/account not found/);
});
