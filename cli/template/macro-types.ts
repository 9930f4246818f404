import { isRecord } from './values.ts';

type TypeCheck = (value: unknown) => boolean;

const isText: TypeCheck = (value) => typeof value === 'string';
const isNumber: TypeCheck = (value) => typeof value === 'number' && Number.isFinite(value);
const isExpression: TypeCheck = (value) =>
  isText(value) || typeof value === 'number' || typeof value === 'boolean';

/** The types a macro argument may declare, dbt's words among them. Others are not checked. */
const TYPES: Readonly<Record<string, { readonly label: string; readonly check: TypeCheck }>> = {
  string: { label: 'text', check: isText },
  number: { label: 'a number', check: isNumber },
  float: { label: 'a number', check: isNumber },
  integer: { label: 'a whole number', check: Number.isSafeInteger },
  boolean: { label: 'true or false', check: (value) => typeof value === 'boolean' },
  list: { label: 'a list', check: Array.isArray },
  dict: { label: 'a dictionary', check: isRecord },
  relation: { label: 'a relation', check: isText },
  column: { label: 'the name of a column', check: isText },
  expression: { label: 'a SQL expression', check: isExpression },
};

/** What an argument must be when the value is not of its type; `undefined` when it is. Null is of every type. */
export function typeMismatch(type: string | undefined, value: unknown): string | undefined {
  if (type === undefined || value === null || value === undefined) return undefined;
  const name = /^(?:optional\[)?\s*([a-z]+)/.exec(type.toLowerCase())?.[1] ?? '';
  const known = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  return known === undefined || known.check(value) ? undefined : known.label;
}
