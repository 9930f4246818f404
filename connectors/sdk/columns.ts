import type { JsonRecord, JsonValue } from './json.ts';

/** A typed column of a raw table: where its value is, how it is read, what it means. */
export interface Column {
  /** As MySQL writes it: `bigint`, `decimal(18,4)`, `varchar(255)`, `datetime(6)`, `json`. */
  readonly type: string;
  /** For the documentation of the source; the only place where a field is described. */
  readonly description: string;
  readonly from: ValueSource;
  /** Text that the server stores unchanged, NULL, or a value that does not fit. */
  read(value: JsonValue | undefined, place: ValuePlace): ColumnValue;
  /** The column holds personal data, by the stream's `pii` path of the same place. */
  readonly isPii?: boolean;
}

/** Where a column's value comes from. */
export type ValueSource =
  /** A path in the record, or in the item of a child table: `customer.id`, `payment_details.method`. */
  | { readonly of: 'record'; readonly path: string }
  /** A path in the record that a child table's item belongs to. */
  | { readonly of: 'parent'; readonly path: string }
  /** A path in the item one list above, for a list inside a list. */
  | { readonly of: 'ancestor'; readonly path: string }
  /** Computed from the record (first argument: the item of a child table). */
  | { readonly of: 'value'; value(record: JsonRecord, parent: JsonRecord): JsonValue | undefined };

export interface ValuePlace {
  /** IANA zone of the account. */
  readonly timeZone: string;
}

export type ColumnValue = string | null | Misfit;

/** A value that does not fit its column: NULL in the table and a row among the issues. */
export interface Misfit {
  readonly misfit: string;
}
