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

interface Behaviour {
  /** Every page is the first one. */
  readonly isHeedless?: boolean;
  /** Records that a page is asked for; two are served. */
  readonly asked?: number;
  readonly ids?: readonly number[];
  /** Past the end stands an empty list in place of a 404. */
  readonly endsEmpty?: boolean;
}

/** Five categories in pages of two, of a platform that says of further pages what a test wants. */
async function read(headersOf: PageHeaders, behaviour: Behaviour = {}) {
  const { isHeedless = false, asked = SIZE, ids: all = IDS, endsEmpty = false } = behaviour;
  await using server = await answeringServer((response, request) => {
    const page = isHeedless ? 1 : Number(request.url.searchParams.get('page'));
    const ids = all.slice((page - 1) * SIZE, page * SIZE);
    if (ids.length === 0 && !endsEmpty) {
      return json(404, { code: 404, message: 'Not Found' })(response, request);
    }
    const body = ids.map((id) => ({ id, name: { pt: `Categoria ${id}` } }));
    return json(200, body, headersOf(page, page * SIZE < all.length))(response, request);
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
    pageSize: asked,
  });
  const pages = server.requests.map(({ url }) => Number(url.searchParams.get('page')));
  return { ids: column('id').map(Number), pages };
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

const both: PageHeaders = (_, hasNext) => ({
  ...link(hasNext ? '/?page=9' : '/?page=1', hasNext ? 'next' : 'first'),
  ...count,
});

test.each<readonly [string, PageHeaders, Behaviour]>([
  ['the link and the count', both, {}],
  ['them, in pages smaller than asked for', both, { asked: 200 }],
  ['the count alone, in pages smaller than asked for', () => count, { asked: 200 }],
  [
    'links alone, the last of which is not the next',
    (_, hasNext) => link('/?page=1', hasNext ? 'next' : 'prev'),
    { asked: 200 },
  ],
])('with %s no page is asked for in vain', async (_, headersOf, behaviour) => {
  expect(await read(headersOf, behaviour)).toEqual({ ids: IDS, pages: [1, 2, 3] });
});

test('with the link and the count a last page that is full is the last', async () => {
  const ids = IDS.slice(0, 4);
  const headersOf: PageHeaders = (page, hasNext) => ({
    ...both(page, hasNext),
    'x-total-count': '4',
  });

  expect(await read(headersOf, { ids })).toEqual({ ids, pages: [1, 2] });
});

test.each<readonly [string, Behaviour]>([
  ['a 404', {}],
  ['an empty list', { endsEmpty: true }],
])('without headers, pages smaller than asked for are read up to %s', async (_, end) => {
  const found = await read(() => ({}), { ...end, asked: 200 });

  expect(found).toEqual({ ids: IDS, pages: [1, 2, 3, 4] });
});

test('an empty list without headers is asked for once', async () => {
  expect(await read(() => ({}), { ids: [], endsEmpty: true })).toEqual({ ids: [], pages: [1] });
});

test('an empty first page is the last, whatever the count says', async () => {
  const { ids, pages } = await read(() => count, { ids: [], endsEmpty: true });

  expect({ ids, pages: new Set(pages) }).toEqual({ ids: [], pages: new Set([1]) });
});

test('a link to another host is not followed', async () => {
  const elsewhere = link('http://192.0.2.1/collect?page=1', 'next');
  const { ids, pages } = await read((_, hasNext) =>
    hasNext ? elsewhere : link('/?page=1', 'first'),
  );

  expect({ ids, pages }).toEqual({ ids: IDS, pages: [1, 2, 3] });
});

test('a platform that answers every page with the first one is given up', async () => {
  await expect(read(() => link('/?page=2', 'next'), { isHeedless: true })).rejects.toThrow(
    'hold the same records again and again',
  );
});
