import type { Part, Slice, Window } from '../shop/world-records.ts';
import type { SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { invalid, problem, withFields } from './answers.ts';

const MOST_PER_PAGE = 200;
const USUAL_PER_PAGE = 30;
/** A query cannot reach past this many items. */
const MOST_ITEMS = 10_000;
const SECOND_MS = 1000;

/** A page that was asked for. */
interface AskedPage {
  readonly page: number;
  readonly size: number;
}

/** A part of the list, and its records as they are sent. */
export interface ListSource {
  /** Newest first; `total` is of the whole list. */
  part(part: Part): Slice<Readonly<Record<string, unknown>>>;
}

/** A page of a list with its links: 404 past the end, 422 past what a query can reach. */
export function pageOf(
  source: ListSource,
  request: SimulatorRequest,
  origin: string,
): SimulatorResponse {
  const asked = askedPage(request);
  if ('status' in asked) return asked;
  const { page, size } = asked;
  if (page * size > MOST_ITEMS && page > 1) {
    return problem(422, 'Unprocessable Entity', 'Results limit is 10000');
  }
  const offset = Math.max((page - 1) * size - request.shift, 0);
  const { total, items } = source.part({ offset, limit: size });
  const last = Math.ceil(total / size);
  if (items.length === 0) return problem(404, 'Not Found', `Last page is ${last}`);
  return {
    status: 200,
    headers: {
      'x-total-count': String(total),
      'x-main-language': 'pt',
      ...linkHeader(request, origin, { page, last }),
    },
    body: items.map((item) => withFields(item, request)),
    page: { path: '', list: listName(request), isFirst: page === 1 },
  };
}

/** The list with its filters, whatever page of it. */
function listName(request: SimulatorRequest): string {
  const query = new URLSearchParams(request.query);
  query.delete('page');
  return `${request.path}?${query.toString()}`;
}

function askedPage({ query }: SimulatorRequest): AskedPage | SimulatorResponse {
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('per_page') ?? USUAL_PER_PAGE);
  if (!Number.isInteger(page) || page < 1) return invalid('page', 'The page is invalid.');
  if (!Number.isInteger(size) || size < 1 || size > MOST_PER_PAGE) {
    return invalid('per_page', 'The per page must be between 1 and 200.');
  }
  return { page, size };
}

function linkHeader(
  request: SimulatorRequest,
  origin: string,
  { page, last }: { readonly page: number; readonly last: number },
): Readonly<Record<string, string>> {
  const link = (to: number, name: string) => {
    const query = new URLSearchParams(request.query);
    query.set('page', String(to));
    return `<${origin}${request.path}?${query.toString()}>; rel="${name}"`;
  };
  const links = [
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first'), link(page - 1, 'prev')] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(', ') };
}

/** The window of a filter by time; both of its ends are part of it, by the second. */
export function windowOf(
  request: SimulatorRequest,
  filter: 'created_at' | 'updated_at',
): Window | SimulatorResponse | undefined {
  const min = boundOf(request, `${filter}_min`);
  const max = boundOf(request, `${filter}_max`);
  if (typeof min === 'object') return min;
  if (typeof max === 'object') return max;
  if (min === undefined && max === undefined) return undefined;
  return {
    from: min ?? 0,
    to: max === undefined ? Number.POSITIVE_INFINITY : max + SECOND_MS,
  };
}

/** An ISO instant with its offset. A `+` that was not encoded arrives as a space, and is refused. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:?\d\d)$/;

function boundOf(request: SimulatorRequest, name: string): number | SimulatorResponse | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  const instant = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? invalid(name, 'The date format is invalid.') : instant;
}

/** A list that is in memory as a whole, oldest first, narrowed and turned round. */
export function sourceOf<T>(
  items: readonly T[],
  recordOf: (item: T) => Readonly<Record<string, unknown>>,
): ListSource {
  return {
    part: ({ offset, limit }) => ({
      total: items.length,
      items: items
        .toReversed()
        .slice(offset, offset + limit)
        .map((item) => recordOf(item)),
    }),
  };
}

/** A shelf that gives parts oldest first, newest first. */
export function newestFirst<T>(
  partOf: (part: Part) => Slice<T>,
  recordOf: (item: T) => Readonly<Record<string, unknown>>,
): ListSource {
  return {
    part: ({ offset, limit }) => {
      const { total } = partOf({ offset: 0, limit: 0 });
      const end = Math.max(total - offset, 0);
      const begin = Math.max(end - limit, 0);
      const { items } = partOf({ offset: begin, limit: end - begin });
      return { total, items: items.toReversed().map((item) => recordOf(item)) };
    },
  };
}
