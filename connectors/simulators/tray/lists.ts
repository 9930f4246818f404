import type { Part, Slice, Window } from '../shop/world-records.ts';
import type { SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { problem, startOf } from './answers.ts';

const MOST_PER_PAGE = 50;
const USUAL_PER_PAGE = 30;
const DAY_MS = 86_400_000;
const ALWAYS: Window = { from: 0, to: Number.POSITIVE_INFINITY };

/** A list with the wrappers around it and around each record, and the filters that it knows. */
export interface ListShape {
  /** `Orders` */
  readonly list: string;
  /** `Order` */
  readonly item: string;
  readonly filters: readonly string[];
}

/** The filter `modified`, as it was applied. */
export interface Modified {
  readonly window: Window;
  readonly isApplied: boolean;
}

/** Gives a part of the list, sorted by id, as records. */
export type PartOf = (part: Part) => Slice<unknown>;

/** A page of a list, which always answers: past the end it is empty. */
export function pageOf(
  shape: ListShape,
  partOf: PartOf,
  request: SimulatorRequest,
  modified?: Modified,
): SimulatorResponse {
  const page = Number(request.query.get('page') ?? 1);
  const limit = Number(request.query.get('limit') ?? USUAL_PER_PAGE);
  if (!Number.isInteger(page) || page < 1) return refusedParameter('page');
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) {
    return refusedParameter('limit');
  }
  const offset = Math.max((page - 1) * limit - request.shift, 0);
  const { total, items } = partOf({ offset, limit });
  const isFiltered = modified?.isApplied === true;
  return {
    status: 200,
    body: {
      paging: { total, page, offset, limit, maxLimit: MOST_PER_PAGE },
      sort: [{ id: 'asc' }],
      availableFilters: shape.filters,
      appliedFilters: isFiltered ? [{ modified: request.query.get('modified') }] : [],
      [shape.list]: items.map((item) => ({ [shape.item]: item })),
    },
    page: { path: shape.list, list: listName(request), isFirst: page === 1 },
  };
}

/** The list with its filters, whatever page of it. */
function listName(request: SimulatorRequest): string {
  const query = new URLSearchParams(request.query);
  for (const name of ['page', 'access_token']) query.delete(name);
  return `${request.path}?${query.toString()}`;
}

function refusedParameter(name: string): SimulatorResponse {
  return problem(400, 'Bad Request', [`Invalid parameter ${name}.`]);
}

/** `2026-10-01,2026-10-03` is all of these days; one day alone is everything since it began. */
export function modifiedOf(
  request: SimulatorRequest,
  { ignoresFilters }: { readonly ignoresFilters: boolean },
): Modified | SimulatorResponse {
  const text = request.query.get('modified');
  if (text === null || ignoresFilters) return { window: ALWAYS, isApplied: false };
  const [first = '', last] = text.split(',');
  const from = startOf(first);
  const to = last === undefined ? Number.POSITIVE_INFINITY : startOf(last) + DAY_MS;
  if (Number.isNaN(from) || Number.isNaN(to)) {
    return problem(400, 'Bad Request', { modified: ['Data inválida'] });
  }
  return { window: { from, to }, isApplied: true };
}

/** A part of a list that is in memory as a whole. */
export function partOfAll<T>(items: readonly T[], recordOf: (item: T) => unknown): PartOf {
  return ({ offset, limit }) => ({
    total: items.length,
    items: items.slice(offset, offset + limit).map((item) => recordOf(item)),
  });
}

/** A part of a shelf. */
export function partOfShelf<T>(
  shelf: (part: Part) => Slice<T>,
  recordOf: (item: T) => unknown,
): PartOf {
  return (part) => {
    const { total, items } = shelf(part);
    return { total, items: items.map((item) => recordOf(item)) };
  };
}
