import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Types = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Kinds of types, for columns that MySQL and MariaDB give different ones. */
const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['integer', /^(tiny|small|medium|big)?int( unsigned)?$|^decimal\(\d+,0\)$/],
  ['text', /^(var)?char\(|text$/],
  ['number', /^(decimal|double|(tiny|small|medium|big)?int)/],
];

/** The type of a column in some relations; a dash where nothing but NULL is ever there. */
export type TypeOf = (relations: readonly string[], column: string) => string;

/**
 * Types of built columns, `DECIMAL(18,2)`, as `tests/integration/pack/data-dictionary.test.ts` found them; in small
 * letters their kind, where they depend on the server or the relation.
 */
export function columnTypes(): TypeOf {
  const servers = [readTypes('mysql'), readTypes('mariadb')];
  return (relations, column) => {
    const types = servers
      .flatMap((all) => relations.map((relation) => all[relation]?.[column] ?? ''))
      .filter((type) => !/^(var)?binary\(0\)$|^$/.test(type));
    const [first] = types;
    if (first === undefined) return '–';
    if (types.every((type) => type === first)) return first.toUpperCase();
    return KINDS.find(([, pattern]) => types.every((type) => pattern.test(type)))?.[0] ?? '–';
  };
}

function readTypes(server: string): Types {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, 'types', `${server}.json`), 'utf8'),
  ) as Types;
}
