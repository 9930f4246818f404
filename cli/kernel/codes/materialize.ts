import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX402x: a model's configuration against the query it is built from. */
export const MATERIALIZE_CODES = {
  CX4020: errorCode(
    'config-column-missing',
    'A configuration names a column that the query does not return',
    '`primary_key`, `unique_key`, `indexes`, `column_types` and the merge columns speak of columns of the query. The server was asked for the columns of the query, and one is missing. Nothing was built.',
  ),
  CX4021: errorCode(
    'contract-mismatch',
    'A query whose columns are not those of its enforced contract',
    'With `contract: { enforced: true }` the query must return exactly the declared columns, with types of the declared kind. The notes list each difference. Nothing was built.',
  ),
  CX4022: errorCode(
    'key-not-indexable',
    'A key column whose type no index can hold whole',
    'An incremental model finds rows by an index over its `unique_key`. TEXT, BLOB and JSON columns cannot be indexed whole; give the column a bounded type with `column_types`.',
  ),
  CX4023: errorCode(
    'column-lost',
    'An incremental query no longer returns a column that its table has',
    'With `on_schema_change: ignore` the table keeps its columns, so the new rows would have no value for the lost one. The table was not touched.',
  ),
  CX4024: errorCode(
    'columns-changed',
    'The columns of an incremental model have changed',
    'Its `on_schema_change` is `fail`, so a difference between the query and the table stops the model before it writes.',
  ),
  CX4025: errorCode(
    'key-repeated',
    'New rows of a merge repeat the unique key',
    'Two rows of one batch claim to be the same record, so which one wins would be chance. The table was not touched.',
  ),
  CX4026: errorCode(
    'merge-without-key',
    'A merge without a unique key',
    'The merge strategy updates the rows that it recognises by `unique_key`; without one it could only append.',
  ),
  CX4030: errorCode(
    'script-variable-invalid',
    'A variable whose value is not what a TypeScript model declares',
    'A TypeScript model sees the variables that it declares under `vars`, each read as it declares. Give the variable a value of that kind.',
  ),
  CX4031: errorCode(
    'script-model-threw',
    'The code of a TypeScript model threw an error',
    'The model stopped with an error of its own; the place is where it was thrown. Nothing was published.',
  ),
  CX4032: errorCode(
    'script-value-refused',
    'A value that a TypeScript model reads or yields does not fit',
    'A column is read as the kind that the model declares, and every value that it yields must fit the type of its column whole: nothing is rounded, cut or guessed. Nothing was published.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
