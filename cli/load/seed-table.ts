/** One value of a row, in the spelling that the server reads without conversion; `null` is NULL. */
export type CellText = string | null;

export interface SeedColumn {
  readonly name: string;
  /** Declared in `column_types`, else inferred from all values: `bigint`, `decimal(18,2)`, `varchar(255)`. */
  readonly type: string;
}

/** A seed, read and checked: every value fits its column's type. */
export interface SeedTable {
  readonly columns: readonly SeedColumn[];
  readonly rows: readonly (readonly CellText[])[];
  /** The file as text, to point at a row that the server refuses. */
  readonly source: SeedSource;
  /** For each row the record of the file that it was, the header being 0. */
  readonly records: readonly number[];
}

/** Where a seed's rows came from. */
export interface SeedSource {
  /** Relative to the project directory: what spans carry. */
  readonly file: string;
  readonly text: string;
  readonly delimiter: string;
}
