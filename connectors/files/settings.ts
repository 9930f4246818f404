import { z } from 'zod';

const text = z.string().min(1);

/** How numbers and dates are written, for a stream or for one of its columns. */
const valueFormat = {
  locale: text.optional(),
  decimal: z.enum(['.', ',']).optional(),
  thousands: z.string().max(1).optional(),
  date_format: text.optional(),
};

const column = z.union([
  text,
  z.strictObject({
    /** Name in the table, when it is another than the file's. */
    name: text.max(64).optional(),
    type: text.optional(),
    description: z.string().optional(),
    ...valueFormat,
  }),
]);

const index = z.strictObject({
  columns: z.array(text).min(1),
  unique: z.boolean().optional(),
  name: text.optional(),
  type: text.optional(),
});

const stream = z.strictObject({
  path: z.union([text, z.array(text).min(1)]),
  format: z.enum(['csv', 'jsonl']).optional(),
  table: text.max(64).optional(),
  database: text.max(64).optional(),
  description: z.string().optional(),
  delimiter: text.optional(),
  encoding: text.optional(),
  header: z.boolean().optional(),
  null_values: z.array(z.string()).optional(),
  column_names: z.enum(['as_is', 'snake_case']).optional(),
  columns: z.record(text, column).optional(),
  primary_key: z.union([text, z.array(text).min(1)]).optional(),
  indexes: z.array(index).optional(),
  ...valueFormat,
});

/** What may stand under `connectors.files` in the project file. */
export const filesSettings = z.strictObject({
  streams: z.record(text, stream),
});

export type StreamSettings = z.infer<typeof stream>;
export type ColumnSettings = z.infer<typeof column>;
