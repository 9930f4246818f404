import type { ReadAs, ReadKind } from '../../manifest/read-as.ts';

/** What code gets for each way to read a value. */
interface ReadValues {
  readonly text: string;
  readonly number: number;
  readonly bigint: bigint;
  readonly boolean: boolean;
}

type Value<As extends ReadAs> = As extends `${infer Kind extends ReadKind}?`
  ? ReadValues[Kind] | null
  : As extends ReadKind
    ? ReadValues[As]
    : never;

type Values<Columns extends Readonly<Record<string, ReadAs>>> = {
  readonly [Name in keyof Columns]: Value<Columns[Name]>;
};

/** A relation that a model reads. Made by `ref` and `source`. */
export interface Input<Columns extends Readonly<Record<string, ReadAs>>> {
  readonly kind: 'ref' | 'source';
  readonly names: readonly string[];
  readonly options: {
    readonly columns: Columns;
    readonly orderBy?: readonly Sorting<string>[];
  };
  /** Where the call stands, as the engine tells it. */
  readonly stack: string;
}

type Sorting<Name extends string> = Name | { readonly bytes: Name };

export interface InputOptions<Columns extends Readonly<Record<string, ReadAs>>> {
  /** The columns that are read, and as what: nothing else leaves the server. */
  readonly columns: Columns;
  /**
   * Columns to sort by, ascending, as the server compares them; `{ bytes: 'code' }` sorts a text as `<` does in
   * code, whatever its collation. Without it rows come in any order.
   */
  readonly orderBy?: readonly Sorting<keyof Columns & string>[];
}

/** A model, seed or snapshot of this project, or of the package named first. */
export function ref<const Columns extends Readonly<Record<string, ReadAs>>>(
  ...call:
    | [name: string, options: InputOptions<Columns>]
    | [packageName: string, name: string, options: InputOptions<Columns>]
): Input<Columns> {
  const options = call.at(-1) as InputOptions<Columns>;
  return { kind: 'ref', names: call.slice(0, -1) as string[], options, stack: stackHere() };
}

/** A table of a source. */
export function source<const Columns extends Readonly<Record<string, ReadAs>>>(
  sourceName: string,
  table: string,
  options: InputOptions<Columns>,
): Input<Columns> {
  return { kind: 'source', names: [sourceName, table], options, stack: stackHere() };
}

function stackHere(): string {
  return new Error('place').stack ?? '';
}

type AnyInputs = Readonly<Record<string, Input<Readonly<Record<string, ReadAs>>>>>;

/** A value that fits a column: bytes are not among them, and a Date is stored in UTC. */
type Cell = string | number | bigint | boolean | Date | null;

/** What the code of a model sees, and all it sees. */
interface ModelContext<
  Inputs extends AnyInputs,
  Variables extends Readonly<Record<string, ReadAs>>,
> {
  /** Rows as they arrive. Reading an input again asks the server again. */
  readonly inputs: {
    readonly [Name in keyof Inputs]: Inputs[Name] extends Input<infer Columns>
      ? AsyncIterable<Values<Columns>>
      : never;
  };
  readonly vars: Values<Variables>;
}

export interface ModelDefinition<
  Inputs extends AnyInputs,
  Variables extends Readonly<Record<string, ReadAs>>,
  Columns extends Readonly<Record<string, string>>,
> {
  readonly inputs: Inputs;
  /** Variables of the project that the code sees, and as what. */
  readonly vars?: Variables;
  /** SQL types of the table's columns. */
  readonly columns: Columns;
  /** Configuration under the keys that SQL models use: `primary_key`, `indexes`, `tags`, … */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Yields every row of the table, each with a value for each column. */
  readonly rows: (
    context: ModelContext<Inputs, Variables>,
  ) => AsyncIterable<{ readonly [Name in keyof Columns]: Cell }>;
}

/** Declares the model that a file is; the file exports it as its default. */
export function model<
  const Inputs extends AnyInputs,
  const Columns extends Readonly<Record<string, string>>,
  const Variables extends Readonly<Record<string, ReadAs>> = Readonly<Record<never, never>>,
>(
  definition: ModelDefinition<Inputs, Variables, Columns>,
): ModelDefinition<Inputs, Variables, Columns> {
  return definition;
}
