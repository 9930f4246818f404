import type { RefCall, SourceCall } from './node.ts';
import type { ReadAs } from './read-as.ts';

/** A column to sort by, as its type compares; texts by their bytes where a collation must not decide. */
export interface SortKey {
  readonly column: string;
  readonly asBytes: boolean;
}

/** One relation that a TypeScript model reads, with the columns it asks for. */
export interface ScriptInput {
  readonly name: string;
  readonly reads:
    | { readonly kind: 'ref'; readonly call: RefCall }
    | { readonly kind: 'source'; readonly call: SourceCall };
  readonly columns: Readonly<Record<string, ReadAs>>;
  /** What the server sorts by, ascending. */
  readonly orderBy: readonly SortKey[];
}

/** What a TypeScript model says of itself. Plain data: it is kept in the manifest. */
export interface ScriptDeclaration {
  readonly inputs: readonly ScriptInput[];
  readonly vars: Readonly<Record<string, ReadAs>>;
  /** SQL types by column, in the order of the table's columns. */
  readonly columns: Readonly<Record<string, string>>;
}
