/**
 * JSON as platforms send it, without losing a digit: an integer that a double cannot hold is a string of
 * its digits, and so is a number with a fraction that would be rounded. `parseJson` makes it.
 */
export type JsonValue = JsonScalar | readonly JsonValue[] | JsonRecord;

export type JsonScalar = null | boolean | number | string;

export interface JsonRecord {
  readonly [key: string]: JsonValue | undefined;
}
