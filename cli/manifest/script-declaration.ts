import type { RefCall, SourceCall } from './node.ts';

/** How a value reaches the code of a model; with `?` it may be NULL, which is `null`. */
export type ReadAs = ReadKind | `${ReadKind}?`;

/** `text` and `bigint` lose no digit; `number` is a double; `boolean` is true for every number but 0. */
export type ReadKind = 'text' | 'number' | 'bigint' | 'boolean';

/** One relation that a TypeScript model reads, with the columns it asks for. */
export interface ScriptInput {
  readonly name: string;
  readonly reads:
    | { readonly kind: 'ref'; readonly call: RefCall }
    | { readonly kind: 'source'; readonly call: SourceCall };
  readonly columns: Readonly<Record<string, ReadAs>>;
  /** Columns by which the server sorts what is read, ascending. */
  readonly orderBy: readonly string[];
}

/** What a TypeScript model says of itself. Plain data: it is kept in the manifest. */
export interface ScriptDeclaration {
  readonly inputs: readonly ScriptInput[];
  readonly vars: Readonly<Record<string, ReadAs>>;
  /** SQL types by column, in the order of the table's columns. */
  readonly columns: Readonly<Record<string, string>>;
}
