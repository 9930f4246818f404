import { expect, test } from 'vitest';
import { nuvemshop } from '../../../../connectors/nuvemshop/platform.ts';
import { replay } from '../../../support/replay.ts';

test('orders of a window are read to the platform’s own end, the newer copy of one that moved is kept', async () => {
  const replayed = await replay({
    platform: nuvemshop,
    account: {
      store_id: '2981734',
      access_token: 'token-0123456789abcdef',
      contact_email: 'dados@exemplo.com.br',
    },
    facts: { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream: 'orders',
    slice: {
      kind: 'instants',
      from: Date.parse('2026-10-01T03:00:00Z'),
      to: Date.parse('2026-10-04T03:00:00Z'),
    },
    pageSize: 3,
    ignored: ['updated_at_min', 'updated_at_max', 'aggregates', 'sort_by'],
    unasked: ['orders/page4_beyond_end_404.json'],
  });

  const total = replayed.column('total').reduce((sum, text) => sum + Number(text) * 100, 0);

  expect(replayed.records).toHaveLength(9);
  expect(replayed.rows).toHaveLength(8);
  expect(Math.round(total)).toBe(385_151);
  expect(replayed.rows.flatMap(({ misfits }) => misfits)).toEqual([]);
});
