import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCassette } from '../../../../connectors/simulators/cassette.ts';
import { manualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import type { SimulatorDefinition } from '../../../../connectors/simulators/simulator.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';

const platform: SimulatorDefinition<undefined, undefined> = {
  name: 'recorded',
  routes: [],
  createState: () => undefined,
  faultAnswer: () => ({ status: 500 }),
};

let directory: string;
let simulator: Simulator;
let unused: () => readonly string[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cassette-'));
  mkdirSync(join(directory, 'orders'));
  const url = 'https://api.example.com/v1/orders';
  const ok = (headers = {}) => ({ status: 200, headers });
  const page = (number: string) => ({ url, method: 'GET', query: { page: number, limit: '2' } });
  const entries = [
    {
      file: 'page1.json',
      request: page('1'),
      response: ok({ Link: `<${url}?page=2>; rel="next"`, 'content-length': '9' }),
    },
    { file: 'page2.json', request: page('2'), response: ok() },
    {
      file: 'run.json',
      request: { method: 'POST', url: `${url}:run`, json: { a: 1, b: [{ d: 1, c: 2 }] } },
      response: ok(),
    },
    { file: 'poll1.json', request: { method: 'GET', url: `${url}/run` }, response: ok() },
    { file: 'poll2.json', request: { method: 'GET', url: `${url}/run` }, response: ok() },
  ];
  writeFileSync(join(directory, 'orders', '_http.json'), JSON.stringify(entries));
  for (const { file } of entries) {
    const text = `{"file":"${file}","id":9007199254740993,"next":"${url}"}`;
    writeFileSync(join(directory, 'orders', file), text);
  }
  const realOrigins = ['https://api.example.com'];
  const cassette = readCassette({ directory, streams: ['orders'], realOrigins });
  unused = () => cassette.unused();
  simulator = await startSimulator(platform, {
    world: undefined,
    clock: manualClock(0),
    cassette,
  });
});

afterEach(async () => {
  await simulator.close();
  rmSync(directory, { recursive: true });
});

test('recorded pages are served byte by byte, with links to the simulator', async () => {
  const response = await fetch(`${simulator.origin}/v1/orders?limit=2&page=1&access_token=any`);

  expect(response.headers.get('link')).toBe(`<${simulator.origin}/v1/orders?page=2>; rel="next"`);
  expect(await response.text()).toBe(
    `{"file":"page1.json","id":9007199254740993,"next":"${simulator.origin}/v1/orders"}`,
  );
});

test('a request that was recorded twice is answered in that order', async () => {
  const poll = async () =>
    ((await (await fetch(`${simulator.origin}/v1/orders/run`)).json()) as { file: string }).file;

  expect([await poll(), await poll(), await poll()]).toEqual([
    'poll1.json',
    'poll2.json',
    'poll2.json',
  ]);
});

test('JSON bodies match by content; what was not asked for and what is unknown is told', async () => {
  const post = (body: string) =>
    fetch(`${simulator.origin}/v1/orders:run`, { method: 'POST', body }).then(
      ({ status }) => status,
    );

  const statuses = [await post('{"b":[{"c":2,"d":1}],"a":1}'), await post('{"a":2}')];

  expect(statuses).toEqual([200, 404]);
  expect(simulator.unknownRequests).toEqual(['POST /v1/orders:run']);
  expect(unused()).toEqual([
    'orders/page1.json',
    'orders/page2.json',
    'orders/poll1.json',
    'orders/poll2.json',
  ]);
});
