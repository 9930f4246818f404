import type { SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { badParameter, ok, tooLongPage } from './answers.ts';

const USUAL_PAGE = 25;

export interface PagedList<T> {
  /** In the order of their keys. */
  readonly records: readonly T[];
  keyOf(record: T): string;
  /** Names the list among all others. */
  readonly name: string;
  /** Most records of a page; more are too much at once. */
  readonly longestPage: number;
  readonly origin: string;
}

/**
 * A page of a list, by cursors that name the record after which it begins, so that a list that changes is
 * neither repeated nor skipped. The links contain the token, as Meta's do.
 */
export function pageOf<T>(list: PagedList<T>, request: SimulatorRequest): SimulatorResponse {
  const limit = Number(request.query.get('limit') ?? USUAL_PAGE);
  if (!Number.isInteger(limit) || limit < 1) return badParameter('param limit must be positive');
  if (limit > list.longestPage) return tooLongPage;
  const after = request.query.get('after');
  const begin = Math.max(0, after === null ? 0 : firstAfter(list, after) - request.shift);
  const records = list.records.slice(begin, begin + limit);
  const [first, last] = [records[0], records.at(-1)];
  const isLast = begin + limit >= list.records.length;
  const page = { path: 'data', list: list.name, isFirst: after === null };
  if (first === undefined || last === undefined) return { ...ok({ data: [] }), page };
  const cursors = {
    before: cursorOf(list.keyOf(first)),
    after: cursorOf(list.keyOf(last)),
  };
  const link = (name: 'before' | 'after') => linkOf(request, list.origin, name, cursors[name]);
  const paging = {
    cursors,
    ...(isLast ? {} : { next: link('after') }),
    ...(begin === 0 ? {} : { previous: link('before') }),
  };
  return { ...ok({ data: records, paging }), page };
}

function firstAfter<T>(list: PagedList<T>, cursor: string): number {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  const found = list.records.findIndex((record) => list.keyOf(record) > key);
  return found === -1 ? list.records.length : found;
}

function cursorOf(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

function linkOf(
  request: SimulatorRequest,
  origin: string,
  name: 'before' | 'after',
  cursor: string,
): string {
  const query = new URLSearchParams(request.query);
  query.delete('after');
  query.delete('before');
  query.set('access_token', tokenOf(request) ?? '');
  query.set(name, cursor);
  return `${origin}${request.path}?${query.toString()}`;
}

/** The token of a request, from its header or its address. */
export function tokenOf(request: SimulatorRequest): string | undefined {
  const header = request.headers['authorization']?.replace(/^Bearer /, '');
  return header ?? request.query.get('access_token') ?? undefined;
}
