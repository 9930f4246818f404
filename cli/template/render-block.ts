import { TemplateFault } from './fault.ts';
import { callHelper, evaluate, resolveHead, spanOf } from './evaluate.ts';
import { helperArguments } from './messages.ts';
import type { Rendering } from './rendering.ts';
import type { Scope } from './scope.ts';
import { enterContext, withData, withParameters } from './scope.ts';
import type { SqlWriter } from './sql-writer.ts';
import type { BlockStatement, CallExpression, Program } from './syntax.ts';
import { isEmpty } from './values.ts';

/** What all kinds of blocks work with. */
interface BlockRun {
  readonly block: BlockStatement;
  readonly scope: Scope;
  readonly writer: SqlWriter;
  readonly rendering: Rendering;
}

type BlockKind = (run: BlockRun) => void;

const BLOCK_KINDS: Readonly<Record<string, BlockKind>> = {
  if: (run) => renderConditional(run, run.block.program, run.block.inverse),
  unless: (run) => renderConditional(run, run.block.inverse, run.block.program),
  each: (run) => renderEach(run, onlyArgument(run)),
  with: renderWith,
  raw: (run) => write(run, run.block.program, run.scope),
};

/** Writes `{{#…}} … {{/…}}`: a built-in block, a macro with a body, or a block that a value decides about. */
export function renderBlock(
  block: BlockStatement,
  scope: Scope,
  writer: SqlWriter,
  rendering: Rendering,
): void {
  const run = { block, scope, writer, rendering };
  const { path } = block.call;
  const isPlain = path.parts.length === 1 && !path.isScoped && !path.isData && path.depth === 0;
  const kind =
    isPlain && Object.hasOwn(BLOCK_KINDS, path.original) ? BLOCK_KINDS[path.original] : undefined;
  if (kind === undefined) renderByValue(run);
  else kind(run);
}

function renderConditional(
  run: BlockRun,
  whenTrue: Program | undefined,
  whenFalse: Program | undefined,
): void {
  const value = onlyArgument(run);
  const includeZero = run.block.call.named.find((argument) => argument.name === 'includeZero');
  const isZeroTrue =
    includeZero !== undefined && Boolean(evaluate(includeZero.value, run.scope, run.rendering));
  const isFalse = (!isZeroTrue && !value) || isEmpty(value);
  write(run, isFalse ? whenFalse : whenTrue, run.scope);
}

function renderWith(run: BlockRun): void {
  const value = onlyArgument(run);
  if (isEmpty(value)) write(run, run.block.inverse, run.scope);
  else write(run, run.block.program, enterContext(run.scope, value), [value]);
}

function renderEach(run: BlockRun, value: unknown): void {
  const entries = entriesOf(value);
  for (const [index, [key, item]] of entries.entries()) {
    const position = Array.isArray(value) ? Number(key) : index;
    const isLast = Array.isArray(value)
      ? position === value.length - 1
      : index === entries.length - 1;
    const scope = withData(run.scope, {
      key,
      index: position,
      first: position === 0,
      last: isLast,
    });
    write(run, run.block.program, enterContext(scope, item), [item, key]);
  }
  if (entries.length === 0) write(run, run.block.inverse, run.scope);
}

/** Keys and values of what can be walked: lists, anything iterable, objects. */
function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return [...value.entries()].filter(([index]) => index in value);
  if (Symbol.iterator in value)
    return [...(value as Iterable<unknown>)].map((item, index) => [index, item]);
  return Object.entries(value);
}

/** `{{#name}}`: true shows the block, false and null its `else`, a list repeats it, anything else is its context. */
function renderByValue(run: BlockRun): void {
  const { block, scope, rendering } = run;
  const meaning = resolveHead(block.call, scope, rendering, true);
  if (meaning.kind === 'macro') {
    const { definition } = meaning;
    rendering.renderMacro(
      { definition, expression: block.call, scope, block: block.program },
      run.writer,
    );
    return;
  }
  const value =
    meaning.kind === 'value'
      ? meaning.value
      : callHelper(meaning.helper, block.call, scope, rendering);
  if (value === true) write(run, block.program, scope);
  else if (value === false || value === null || value === undefined)
    write(run, block.inverse, scope);
  else if (Array.isArray(value)) renderEach(run, value);
  else write(run, block.program, enterContext(scope, value));
}

function write(
  run: BlockRun,
  program: Program | undefined,
  scope: Scope,
  parameters?: readonly unknown[],
): void {
  if (program === undefined) return;
  if (parameters === undefined && program.blockParameters.length > 0) {
    const { call } = run.block;
    const usage = `{{#each list as |${program.blockParameters.join(' ')}|}}`;
    throw new TemplateFault(
      helperArguments(
        usage,
        `\`${call.path.original}\` gives no block parameters`,
        headSpan(call, run),
      ),
    );
  }
  run.rendering.renderProgram(
    program,
    withParameters(scope, program, parameters ?? []),
    run.writer,
  );
}

function onlyArgument(run: BlockRun): unknown {
  const { call } = run.block;
  const [argument] = call.values;
  const isWrongName = call.named.find((named) => named.name !== 'includeZero');
  if (argument === undefined || call.values.length > 1 || isWrongName !== undefined) {
    const name = call.path.original;
    throw new TemplateFault(
      helperArguments(
        `{{#${name} value}}`,
        `\`${name}\` takes exactly one argument`,
        headSpan(call, run),
      ),
    );
  }
  return evaluate(argument, run.scope, run.rendering, true);
}

function headSpan(call: CallExpression, run: BlockRun) {
  const last = call.named.at(-1) ?? call.values.at(-1) ?? call.path;
  return spanOf({ start: call.path.start, end: Math.max(last.end, call.path.end) }, run.scope);
}
