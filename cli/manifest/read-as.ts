/** How a value reaches the code of a model; with `?` it may be NULL, which is `null`. */
export type ReadAs = ReadKind | `${ReadKind}?`;

/** `text` and `bigint` lose no digit; `number` is a double; `boolean` is true for every number but 0. */
export type ReadKind = 'text' | 'number' | 'bigint' | 'boolean';
