import { expect, test } from 'vitest';
import { nuvemshop } from '../../../../connectors/nuvemshop/platform.ts';
import { answeringServer, json } from '../../../support/answering-server.ts';
import { jumpingClock } from '../../../support/jumping-clock.ts';
import { readStream } from '../../../support/read-stream.ts';

const HOUR_MS = 3_600_000;
const SECOND_MS = 1000;

test('a window with more than a query can reach is halved until it does not', async () => {
  const windows: [number, number][] = [];
  await using server = await answeringServer((response, request) => {
    const { searchParams: query } = request.url;
    const from = Date.parse(query.get('updated_at_min') ?? '');
    const to = Date.parse(query.get('updated_at_max') ?? '');
    const isLarge = to - from > 6 * HOUR_MS + SECOND_MS;
    if (!isLarge) windows.push([from, to]);
    const headers = { 'x-total-count': isLarge ? '10001' : '1' };
    json(200, [{ id: to, updated_at: '2026-10-01T00:00:00+0000' }], headers)(response, request);
  });

  const { rows } = await readStream({
    platform: nuvemshop,
    account: { store_id: '1', access_token: 'token', contact_email: 'a@example.com' },
    facts: { name: 'Loja', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream: 'orders',
    slice: {
      kind: 'instants',
      from: Date.parse('2026-10-01T00:00:00Z'),
      to: Date.parse('2026-10-02T00:00:00Z'),
    },
    origin: server.origin,
    clock: jumpingClock(),
  });

  expect(rows).toHaveLength(4);
  expect(
    windows.map(([from, to]) => [
      new Date(from).toISOString().slice(8, 19),
      new Date(to).toISOString().slice(8, 19),
    ]),
  ).toEqual([
    ['30T23:59:59', '01T06:00:00'],
    ['01T05:59:59', '01T12:00:00'],
    ['01T11:59:59', '01T18:00:00'],
    ['01T17:59:59', '02T00:00:00'],
  ]);
});
