import { GraphQLError } from 'graphql';

export interface ConnectionArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly query?: string | null;
}

const LONGEST_PAGE = 250;

/** Part of a list, by its beginning: what a shelf of the world gives. */
export type Reader<T> = (
  offset: number,
  limit: number,
) => {
  readonly total: number;
  readonly items: readonly T[];
};

/**
 * A page of a connection. Without `first` it is everything, which only bulk operations may ask for.
 * `shift` begins the page earlier: the list moved since the page before.
 */
export function connection<T>(
  { first, after }: ConnectionArguments,
  read: Reader<T>,
  { isBulk, shift }: { readonly isBulk: boolean; readonly shift: number },
) {
  if (!isBulk && (first === undefined || first === null)) {
    throw refused('you must provide one of first or last');
  }
  if (typeof first === 'number' && (first < 1 || first > LONGEST_PAGE)) {
    throw refused(`first must be between 1 and ${LONGEST_PAGE}`);
  }
  const begin = Math.max(0, offsetOf(after) - shift);
  const { total, items } = read(begin, first ?? Number.MAX_SAFE_INTEGER);
  const end = begin + items.length;
  const pageInfo = {
    hasNextPage: end < total,
    endCursor: items.length === 0 ? null : Buffer.from(`offset:${end}`).toString('base64'),
  };
  return { pageInfo, nodes: items, edges: items.map((node) => ({ node })) };
}

/** A connection inside of an object, over a list that is there. */
export function innerConnection<T>(items: readonly T[]) {
  return (page: ConnectionArguments, { isBulk }: { readonly isBulk: boolean }) =>
    connection(
      page,
      (offset, limit) => ({ total: items.length, items: items.slice(offset, offset + limit) }),
      { isBulk, shift: 0 },
    );
}

function offsetOf(after: string | null | undefined): number {
  if (after === undefined || after === null) return 0;
  const [, offset] = /^offset:(\d+)$/.exec(Buffer.from(after, 'base64').toString()) ?? [];
  if (offset === undefined) throw refused('Invalid cursor for current pagination sort.');
  return Number(offset);
}

function refused(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
