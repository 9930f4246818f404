import type { RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { chunks } from '../../kernel/chunks.ts';
import { literal } from '../../sql/literal.ts';
import { DatabaseError } from '../database-error.ts';

/** Texts that one statement lists: MariaDB makes a table of 1,000 and more. */
export const LISTED = 500;
/** Rows that one statement writes: the batch of a platform. */
export const WRITTEN = 2_000;
const DEADLOCK = 1213;

/** Two workers that update the outbox may meet in a deadlock: the server lets one of them try again. */
export async function patiently<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isDeadlock = error instanceof DatabaseError && error.errno === DEADLOCK;
    if (!isDeadlock || tries <= 1) throw error;
    return patiently(work, tries - 1);
  }
}

/** Texts as a list of literals: a builder would make a node of every one. */
export function textsSql(texts: readonly string[]): RawBuilder<string> {
  return sql.raw(`(${texts.map(literal).join(', ')})`);
}

/**
 * That `column` is one of the ids. Ids that follow each other are a range, which the server looks up once: as a list
 * every one would be looked up by itself.
 */
export function isOneOf(column: 'id', ids: readonly number[]): RawBuilder<SqlBool> {
  const sorted = ids.toSorted((a, b) => a - b);
  const ranges: { readonly first: number; last: number }[] = [];
  for (const id of sorted) {
    const range = ranges.at(-1);
    if (range !== undefined && id <= range.last + 1) range.last = id;
    else ranges.push({ first: id, last: id });
  }
  const alone = ranges.filter(({ first, last }) => first === last).map(({ first }) => first);
  const conditions = [
    ...ranges
      .filter(({ first, last }) => first !== last)
      .map(({ first, last }) => `${column} between ${literal(first)} and ${literal(last)}`),
    ...chunks(alone, LISTED).map((part) => `${column} in (${part.map(literal).join(', ')})`),
  ];
  return sql.raw(conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`);
}

/** By id, the value that goes with it: found by halving, whatever the server joins lists with. */
export function valueById<T extends string | null>(
  column: 'id',
  values: readonly { readonly id: number; readonly value: T }[],
): RawBuilder<T> {
  const [first] = values;
  if (values.every(({ value }) => value === first?.value)) {
    return sql.raw(literal(first?.value ?? null));
  }
  const sorted = values.toSorted((a, b) => a.id - b.id);
  const ids = sorted.map(({ id }) => literal(id)).join(', ');
  const listed = sorted.map(({ value }) => literal(value)).join(', ');
  return sql.raw(`elt(interval(${column}, ${ids}), ${listed})`);
}
