import type { CompiledInput } from '../compile/script-inputs.ts';
import type { ScriptModelNode } from '../manifest/script-model-node.ts';
import { CancelledError, CortexError, cortexError } from '../kernel/errors.ts';
import { formatCount } from '../kernel/format.ts';
import { readValue } from '../load/script/read-value.ts';
import { rowReader } from '../load/script/yielded-row.ts';
import type { CellText } from '../load/seed-table.ts';
import type { ScriptModel } from '../project/script-models/load-script-models.ts';
import { thrownWords } from '../project/script-models/stack-place.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import type { Database, Row } from '../warehouse/database.ts';
import { describeDatabaseError } from '../warehouse/describe-error.ts';

export interface ScriptRun {
  readonly node: ScriptModelNode;
  readonly model: ScriptModel;
  readonly inputs: readonly CompiledInput[];
  readonly variables: Readonly<Record<string, unknown>>;
  /** Opens a session for each input while it is read. */
  readonly database: Pick<Database, 'connect'>;
  readonly signal: AbortSignal;
}

/** The server waits so long for code that thinks between two rows, in seconds. */
const PATIENCE_SECONDS = 86_400;

/**
 * Runs the code of a TypeScript model and gives its rows as the bulk loader takes them, one at a time: neither
 * what is read nor what is yielded is held. Throws CX4031 for what the code throws, with its place, CX4032
 * for a value that does not fit.
 */
export async function* scriptRows(run: ScriptRun): AsyncGenerator<readonly CellText[], void> {
  const { node, model, signal } = run;
  const read = rowReader(node.script.columns);
  let count = 0;
  try {
    const yielded = model.rows({
      inputs: inputsOf(run),
      vars: Object.freeze({ ...run.variables }),
    });
    for await (const row of yielded as AsyncIterable<unknown>) {
      count += 1;
      if (signal.aborted) throw new CancelledError('cancelled');
      const checked = read(row);
      if ('problem' in checked)
        throw valueRefused(run, `row ${formatCount(count)} that it yields ${checked.problem}`);
      yield checked.cells;
    }
  } catch (error) {
    throw isOwn(error) ? error : threw(run, error);
  }
}

function isOwn(error: unknown): boolean {
  return (
    error instanceof CortexError ||
    error instanceof CancelledError ||
    error instanceof DatabaseError
  );
}

function inputsOf(run: ScriptRun): Readonly<Record<string, AsyncIterable<unknown>>> {
  const inputs = Object.create(null) as Record<string, AsyncIterable<unknown>>;
  for (const compiled of run.inputs) {
    inputs[compiled.input.name] = { [Symbol.asyncIterator]: () => inputRows(run, compiled) };
  }
  return Object.freeze(inputs);
}

async function* inputRows(run: ScriptRun, compiled: CompiledInput): AsyncGenerator<unknown, void> {
  const { node, signal } = run;
  await using connection = await run.database.connect();
  await connection.execute(`set session net_write_timeout = ${PATIENCE_SECONDS}`);
  const convert = converterOf(run, compiled);
  let count = 0;
  try {
    for await (const row of connection.stream(compiled.sql.text, { node: node.id, signal })) {
      count += 1;
      yield convert(row, count);
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const { span } = compiled.input.reads.call;
    throw new CortexError(
      [describeDatabaseError(error, compiled.sql, { node: node.id, file: span.file, span })],
      { cause: error, retryable: error.kind === 'deadlock' },
    );
  }
}

function converterOf(
  run: ScriptRun,
  { input }: CompiledInput,
): (row: Row, count: number) => Readonly<Record<string, unknown>> {
  const columns = Object.entries(input.columns);
  return (row, count) => {
    const values: Record<string, unknown> = {};
    for (const [name, readAs] of columns) {
      const read = readValue(row[name], readAs);
      if ('problem' in read) {
        const words = `row ${formatCount(count)} of its input \`${input.name}\` ${read.problem} in column \`${name}\`, which it reads as \`${readAs}\``;
        throw valueRefused(run, words, input.reads.call.span);
      }
      values[name] = read.value;
    }
    return values;
  };
}

function valueRefused({ node }: ScriptRun, words: string, span = node.span): CortexError {
  return cortexError('CX4032', `\`${node.name}\`: ${words}`, {
    span: span ?? { file: node.path, start: 0, end: 0 },
    node: node.id,
  });
}

function threw({ node, model }: ScriptRun, error: unknown): CortexError {
  const { message } = thrownWords(error);
  return cortexError('CX4031', `\`${node.name}\` threw: ${message}`, {
    span: model.placeOf(error) ?? { file: node.span?.file ?? node.path, start: 0, end: 0 },
    node: node.id,
    cause: error,
  });
}
