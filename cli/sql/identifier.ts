import type { Relation } from '../manifest/relation.ts';
import { sha256 } from '../kernel/hash.ts';

/** The longest name of a table, view, column or index, in characters, on every server. */
export const LONGEST_IDENTIFIER = 64;

/** Quotes one name. The only place that quotes identifiers. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** `` `database`.`name` ``. */
export function relationSql(relation: Relation): string {
  return `${identifier(relation.database)}.${identifier(relation.name)}`;
}

/**
 * A name for something that belongs to a relation (its shadow, its old version, a stored test):
 * `<name><suffix>` when it fits in 64 characters, else the start of the name, `_`, eight hex digits of
 * the SHA-256 of the whole name, and the suffix. The same input gives the same name in every run.
 */
export function derivedName(name: string, suffix: string): string {
  const whole = `${name}${suffix}`;
  if (Array.from(whole).length <= LONGEST_IDENTIFIER) return whole;
  const digest = sha256(name).slice(0, 8);
  const room = LONGEST_IDENTIFIER - Array.from(suffix).length - digest.length - 1;
  return `${Array.from(name).slice(0, room).join('')}_${digest}${suffix}`;
}
