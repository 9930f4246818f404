import { expect, test } from 'vitest';
import { nuvemshop } from '../../../../connectors/nuvemshop/platform.ts';
import { answeringServer, json } from '../../../support/answering-server.ts';
import { jumpingClock } from '../../../support/jumping-clock.ts';
import { readStream } from '../../../support/read-stream.ts';

const SIZE = 2;
const IDS = [11, 12, 13, 14, 15];

/** The headers of a page, from its number and whether there is one behind it. */
type PageHeaders = (page: number, hasNext: boolean) => Record<string, string>;

const link = (address: string, name: string) => ({ link: `<${address}>; rel="${name}"` });

/** Five categories in pages of two, of a platform that says of further pages what a test wants. */
async function read(headersOf: PageHeaders, isHeedless = false) {
  await using server = await answeringServer((response, request) => {
    const page = isHeedless ? 1 : Number(request.url.searchParams.get('page'));
    const ids = IDS.slice((page - 1) * SIZE, page * SIZE);
    if (ids.length === 0) return json(404, { code: 404, message: 'Not Found' })(response, request);
    const body = ids.map((id) => ({ id, name: { pt: `Categoria ${id}` } }));
    return json(200, body, headersOf(page, page * SIZE < IDS.length))(response, request);
  });
  const { column } = await readStream({
    platform: nuvemshop,
    account: {
      store_id: '2981734',
      access_token: 'not-a-real-token',
      contact_email: 'dados@exemplo.com.br',
    },
    facts: { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream: 'categories',
    slice: { kind: 'everything' },
    origin: server.origin,
    clock: jumpingClock(),
    pageSize: SIZE,
  });
  return { ids: column('id').map(Number), requests: server.requests };
}

const count = { 'x-total-count': String(IDS.length) };

test.each<readonly [string, PageHeaders]>([
  ['only the count', () => count],
  ['only the link', (_, hasNext) => (hasNext ? link('/?page=9', 'next') : {})],
  ['neither of them', () => ({})],
  ['a count that is no number', () => ({ 'x-total-count': 'many' })],
  ['links without a next one, and the count', () => ({ ...link('/?page=1', 'first'), ...count })],
  ['a link that is broken, and the count', () => ({ link: '<<>;;rel=', ...count })],
  [
    'an old count, and the link',
    (_, hasNext) => ({ 'x-total-count': '3', ...(hasNext ? link('/?page=2', 'next') : {}) }),
  ],
])('with %s every record is read', async (_, headersOf) => {
  expect((await read(headersOf)).ids).toEqual(IDS);
});

test('a link to another host is not followed', async () => {
  const { ids, requests } = await read((_, hasNext) =>
    hasNext ? link('http://192.0.2.1/collect?page=1', 'next') : {},
  );

  expect(ids).toEqual(IDS);
  expect(requests.map(({ url }) => url.searchParams.get('page'))).toEqual(['1', '2', '3']);
});

test('a platform that answers every page with the first one is given up', async () => {
  await expect(read(() => link('/?page=2', 'next'), true)).rejects.toThrow(
    'hold the same records again and again',
  );
});
