import { z } from 'zod';
import type { SourceTexts, Span } from '../../kernel/span.ts';
import type { ScriptDeclaration, ScriptInput } from '../../manifest/script-declaration.ts';
import { placeInStack } from './stack-place.ts';

const readAs = z.enum([
  ...(['text', 'number', 'bigint', 'boolean'] as const),
  ...(['text?', 'number?', 'bigint?', 'boolean?'] as const),
]);

const inputSchema = z.strictObject({
  kind: z.enum(['ref', 'source']),
  names: z.array(z.string().min(1)).min(1).max(2),
  options: z.strictObject({
    columns: z.record(z.string(), readAs).refine((columns) => Object.keys(columns).length > 0, {
      message: 'name at least one column',
    }),
    orderBy: z.array(z.union([z.string(), z.strictObject({ bytes: z.string() })])).optional(),
  }),
  stack: z.string(),
});

const definitionSchema = z.strictObject({
  inputs: z.record(z.string(), inputSchema),
  vars: z.record(z.string(), readAs).optional(),
  columns: z
    .record(z.string(), z.string().min(1))
    .refine((columns) => Object.keys(columns).length > 0, {
      message: 'name at least one column',
    }),
  config: z.record(z.string(), z.unknown()).optional(),
  rows: z.custom<ModelRows>((value) => typeof value === 'function', {
    message: 'write a function',
  }),
});

/** The code of a model: gets its inputs and variables, gives an async iterable of rows. */
export type ModelRows = (context: {
  readonly inputs: Readonly<Record<string, AsyncIterable<unknown>>>;
  readonly vars: Readonly<Record<string, unknown>>;
}) => unknown;

interface CheckedDefinition {
  readonly declaration: ScriptDeclaration;
  readonly config: Readonly<Record<string, unknown>>;
  readonly rows: ModelRows;
}

/** What the file of a model exports as its default, checked. Throws words that say what is wrong with it. */
export function checkedDefinition(
  exported: unknown,
  path: string,
  texts: SourceTexts,
): CheckedDefinition {
  if (exported === undefined)
    throw new Error('it has no default export: write `export default model({ … })`');
  const checked = definitionSchema.safeParse(exported);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const place =
      issue === undefined || issue.path.length === 0 ? '' : ` at \`${issue.path.join('.')}\``;
    throw new Error(`its definition is not well formed${place}: ${issue?.message ?? ''}`);
  }
  const { inputs, vars = {}, columns, config = {}, rows } = checked.data;
  const definition = exported as { rows: ModelRows };
  return {
    declaration: {
      inputs: Object.entries(inputs).map(([name, input]) => inputOf(name, input, path, texts)),
      vars,
      columns,
    },
    config,
    rows: (context) => rows.call(definition, context),
  };
}

function inputOf(
  name: string,
  { kind, names, options, stack }: z.infer<typeof inputSchema>,
  path: string,
  texts: SourceTexts,
): ScriptInput {
  const span: Span = placeInStack(stack, new Set([path]), texts) ?? {
    file: path,
    start: 0,
    end: 0,
  };
  const [first = '', second] = names;
  const reads: ScriptInput['reads'] =
    kind === 'source'
      ? { kind, call: { source: first, table: second ?? '', span } }
      : {
          kind,
          call: {
            name: second ?? first,
            ...(second === undefined ? {} : { package: first }),
            span,
          },
        };
  const orderBy = (options.orderBy ?? []).map((key) =>
    typeof key === 'string'
      ? { column: key, asBytes: false }
      : { column: key.bytes, asBytes: true },
  );
  const unknown = orderBy.find(({ column }) => !Object.hasOwn(options.columns, column))?.column;
  if (unknown !== undefined)
    throw new Error(
      `\`orderBy\` of its input \`${name}\` names \`${unknown}\`, which is not among \`columns\``,
    );
  return { name, reads, columns: options.columns, orderBy };
}
