import { stringLiteral } from '../../sql/literal.ts';
import { columnSql } from '../../sql/exact-text.ts';

/** How one kind of argument is read from YAML. `read` gives `undefined` for a value of another kind. */
export interface ArgumentType<T> {
  /** Completes "is not …": `a number`. */
  readonly expected: string;
  readonly isRequired: boolean;
  readonly fallback?: T;
  read(value: unknown, relationOf: RelationReader): T | undefined;
}

/** The SQL of `ref('x')` or `source('x', 'y')`, or `undefined` for any other text. */
export type RelationReader = (text: string) => string | undefined;

export type ArgumentDeclarations = Readonly<Record<string, ArgumentType<unknown>>>;

export type ArgumentValues<Declared extends ArgumentDeclarations> = {
  readonly [Name in keyof Declared]: Declared[Name] extends ArgumentType<infer T> ? T : never;
};

export type Scalar = string | number | boolean;

/** A column, or an expression over columns, as SQL. */
export const column = required<string>('the name of a column', (value) =>
  isFilledText(value) ? columnSql(value) : undefined,
);

export const columns = required<readonly string[]>('a list of columns', (value) => {
  const list = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list) || list.length === 0 || !list.every(isFilledText)) return undefined;
  return list.map(columnSql);
});

const DATE = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/** SQL as it is written; a number, or a date, is taken for what it looks like. */
export const expression = required<string>('an expression', (value) => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isFilledText(value)) return undefined;
  return DATE.test(value) ? stringLiteral(value) : value;
});

export const number = required<number>('a number', (value) => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
});

export const wholeNumber = required<number>('a whole number', (value) => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isSafeInteger(read) ? read : undefined;
});

export const boolean = required<boolean>('true or false', (value) => {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'boolean' ? value : undefined;
});

export const values = required<readonly Scalar[]>('a list of values', (value) =>
  Array.isArray(value) && value.length > 0 && value.every(isScalar) ? value : undefined,
);

export const texts = required<readonly string[]>('a list of texts', (value) => {
  const list = typeof value === 'string' ? [value] : value;
  return Array.isArray(list) && list.length > 0 && list.every(isFilledText) ? list : undefined;
});

/** Another relation as it stands after FROM, without an alias. */
export const relation = required<string>("ref('…') or source('…', '…')", (value, relationOf) =>
  typeof value === 'string' ? relationOf(value) : undefined,
);

/** One of a few words. */
export function oneOf<Word extends string>(...words: readonly Word[]): ArgumentType<Word> {
  const expected = words.map((word) => `\`${word}\``).join(' or ');
  return required<Word>(expected, (value) => words.find((word) => word === value));
}

export function optional<T>(type: ArgumentType<T>): ArgumentType<T | undefined> {
  return { ...type, isRequired: false };
}

export function withDefault<T>(type: ArgumentType<T>, fallback: NoInfer<T>): ArgumentType<T> {
  return { ...type, isRequired: false, fallback };
}

function required<T>(expected: string, read: ArgumentType<T>['read']): ArgumentType<T> {
  return { expected, isRequired: true, read };
}

function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
