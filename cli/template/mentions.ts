import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import type { RefCall, SourceCall } from '../manifest/node.ts';
import type { MacroLibrary } from './environment.ts';
import { TemplateFault } from './fault.ts';
import { BLOCKS, GLOBALS, HELPERS } from './helpers/registry.ts';
import { describeRef } from './helpers/references.ts';
import { parsedMacro } from './macro-body.ts';
import { macroSignature } from './macro-signature.ts';
import { missingArgument, unknownArgument, unknownHelper } from './messages.ts';
import type { MacroDefinition } from './environment.ts';
import type { CallArguments } from './partial-call.ts';
import { partialCall } from './partial-call.ts';
import type {
  CallExpression,
  Expression,
  PathExpression,
  Program,
  Statement,
  Template,
} from './syntax.ts';

/** Everything that a text mentions in any of its branches, macros included. */
export interface Mentions {
  readonly refs: RefCall[];
  readonly sources: SourceCall[];
  /** Macros called, directly or through macros. */
  readonly called: Set<MacroDefinition>;
  readonly variables: Set<string>;
  readonly environmentVariables: Set<string>;
  usesIncremental: boolean;
  /** True when a name or a configuration is computed, so that reading is not enough. */
  isComputed: boolean;
}

/** What a walk knows of the file it is in. */
interface Walk {
  readonly file: string;
  readonly packageName: string;
  readonly library: MacroLibrary;
  readonly mentions: Mentions;
  /** Mistakes of calls; those inside macros are found when the macro's own file is read. */
  readonly diagnostics: Diagnostic[];
  /** Inside a block or macro, where a `config` call may or may not run. */
  readonly isNested: boolean;
  /** Names of the partials that the enclosing blocks define, which hide macros. */
  readonly inlines: ReadonlySet<string>;
}

const KNOWN = new WeakMap<MacroLibrary, Map<MacroDefinition, Mentions>>();

function noMentions(): Mentions {
  return {
    refs: [],
    sources: [],
    called: new Set(),
    variables: new Set(),
    environmentVariables: new Set(),
    usesIncremental: false,
    isComputed: false,
  };
}

/** Reads all branches of a template and of the macros it calls. */
export function mentionsOf(
  template: Template,
  packageName: string,
  library: MacroLibrary,
): { readonly mentions: Mentions; readonly diagnostics: readonly Diagnostic[] } {
  const mentions = noMentions();
  const walk: Walk = {
    file: template.file,
    packageName,
    library,
    mentions,
    diagnostics: [],
    isNested: false,
    inlines: new Set(),
  };
  walkProgram(template.program, walk);
  includeMacros(mentions, library);
  return { mentions, diagnostics: walk.diagnostics };
}

function walkProgram(program: Program | undefined, walk: Walk): void {
  if (program === undefined) return;
  const inner =
    program.inlines.length === 0 ? walk : { ...walk, inlines: inlineNames(program, walk) };
  for (const inline of program.inlines) walkProgram(inline.program, { ...inner, isNested: true });
  for (const statement of program.statements) walkStatement(statement, inner);
}

function inlineNames(program: Program, { inlines }: Walk): ReadonlySet<string> {
  const own = program.inlines.map(({ name }) => literalText(name) ?? '');
  return new Set([...inlines, ...own]);
}

function walkStatement(statement: Statement, walk: Walk): void {
  switch (statement.kind) {
    case 'text':
      return;
    case 'output':
      walkCall(statement.call, walk);
      return;
    case 'partial':
      walkPartial(statement, walk);
      return;
    case 'block':
      walkCall(statement.call, walk);
      walkProgram(statement.program, { ...walk, isNested: true });
      walkProgram(statement.inverse, { ...walk, isNested: true });
  }
}

function walkPartial(statement: Statement & { readonly kind: 'partial' }, walk: Walk): void {
  const { name, context, named, block } = statement;
  if (typeof name === 'string') {
    const macro = walk.library.find(name, walk.packageName);
    if (macro !== undefined) walk.mentions.called.add(macro);
    if (macro?.kind === 'sql' && !walk.inlines.has(name))
      walk.diagnostics.push(...argumentMistakes(macro, partialCall(statement), walk));
  } else {
    walk.mentions.isComputed = true;
    walkExpression(name, walk);
  }
  if (context !== undefined) walkExpression(context, walk);
  for (const argument of named) walkExpression(argument.value, walk);
  walkProgram(block, { ...walk, isNested: true });
}

function walkExpression(expression: Expression, walk: Walk): void {
  if (expression.kind === 'call') walkCall(expression, walk);
  else if (expression.kind === 'path') walkPath(expression, walk);
}

function walkPath(path: PathExpression, walk: Walk): void {
  if (path.original === 'is_incremental') walk.mentions.usesIncremental = true;
}

function walkCall(call: CallExpression, walk: Walk): void {
  for (const value of call.values) walkExpression(value, walk);
  for (const argument of call.named) walkExpression(argument.value, walk);
  const { path, isDefinite } = call;
  walkPath(path, walk);
  if (path.isData || path.isScoped || path.depth > 0) return;
  const name = path.parts.join('.');
  if (HELPERS.has(name)) {
    if (isDefinite) readHelper(name, call, walk);
    return;
  }
  if (BLOCKS.has(name) || GLOBALS.has(name)) return;
  const macro = walk.library.find(name, walk.packageName);
  if (macro !== undefined) {
    walk.mentions.called.add(macro);
    walk.diagnostics.push(...argumentMistakes(macro, call, walk));
  } else if (isDefinite) {
    const span = { file: walk.file, start: path.start, end: path.end };
    walk.diagnostics.push(
      unknownHelper(path.original, span, [...HELPERS.keys(), ...BLOCKS, ...walk.library.names]),
    );
  }
}

function readHelper(name: string, call: CallExpression, walk: Walk): void {
  const { mentions } = walk;
  const texts = call.values.map(literalText);
  const [first, second] = texts;
  switch (name) {
    case 'ref':
      readRef(call, walk, texts);
      return;
    case 'source':
      if (first === undefined || second === undefined) mentions.isComputed = true;
      else
        mentions.sources.push({
          source: first,
          table: second,
          span: argumentsSpan(call, walk.file),
        });
      return;
    case 'var':
      if (first !== undefined) mentions.variables.add(first);
      return;
    case 'env_var':
      if (first !== undefined) mentions.environmentVariables.add(first);
      return;
    case 'config':
      if (walk.isNested) mentions.isComputed = true;
  }
}

function readRef(call: CallExpression, walk: Walk, texts: readonly (string | undefined)[]): void {
  const name = texts.at(-1);
  const named = new Map(call.named.map((argument) => [argument.name, argument.value]));
  const version = named.get('version') ?? named.get('v');
  const packageName = texts.length === 2 ? texts[0] : literalText(named.get('package'));
  const isPackageComputed =
    packageName === undefined && (texts.length === 2 || named.has('package'));
  if (
    name === undefined ||
    isPackageComputed ||
    (version !== undefined && version.kind !== 'literal')
  ) {
    walk.mentions.isComputed = true;
    return;
  }
  const value = version?.kind === 'literal' ? version.value : undefined;
  const last = call.values.at(-1) ?? call;
  walk.mentions.refs.push(
    describeRef({
      name,
      package: packageName,
      version: typeof value === 'string' || typeof value === 'number' ? value : undefined,
      span: { file: walk.file, start: last.start, end: last.end },
    }),
  );
}

function literalText(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'literal' && typeof expression.value === 'string'
    ? expression.value
    : undefined;
}

function argumentsSpan(call: CallExpression, file: string): Span {
  const first = call.values[0] ?? call;
  const last = call.values.at(-1) ?? call;
  return { file, start: first.start, end: last.end };
}

/** Adds what the called macros mention, and the macros that they call. */
function includeMacros(mentions: Mentions, library: MacroLibrary): void {
  // A set that grows while it is walked: every macro is read once, also when macros call each other.
  for (const macro of mentions.called) {
    const found = macroMentions(macro, library);
    for (const called of found.called) mentions.called.add(called);
    mentions.refs.push(...found.refs);
    mentions.sources.push(...found.sources);
    for (const name of found.variables) mentions.variables.add(name);
    for (const name of found.environmentVariables) mentions.environmentVariables.add(name);
    mentions.usesIncremental ||= found.usesIncremental;
    mentions.isComputed ||= found.isComputed;
  }
}

/** What a macro itself mentions, read once for each library. */
function macroMentions(macro: MacroDefinition, library: MacroLibrary): Mentions {
  const known = KNOWN.get(library) ?? new Map<MacroDefinition, Mentions>();
  KNOWN.set(library, known);
  const mentions = known.get(macro) ?? readMacro(macro, library);
  known.set(macro, mentions);
  return mentions;
}

function readMacro(macro: MacroDefinition, library: MacroLibrary): Mentions {
  const mentions = noMentions();
  const template = macro.kind === 'sql' ? templateOf(macro) : undefined;
  if (template === undefined) return mentions;
  const { path, packageName } = macro.node;
  walkProgram(template.program, {
    file: path,
    packageName,
    library,
    mentions,
    diagnostics: [],
    isNested: true,
    inlines: new Set(),
  });
  return mentions;
}

function templateOf(macro: MacroDefinition & { readonly kind: 'sql' }): Template | undefined {
  try {
    return parsedMacro(macro);
  } catch (error) {
    if (error instanceof TemplateFault) return undefined;
    throw error;
  }
}

/** Arguments that no value can make right: names the macro lacks, and required ones that are not given. */
function argumentMistakes(
  macro: MacroDefinition,
  call: CallArguments,
  walk: Walk,
): readonly Diagnostic[] {
  const { file } = walk;
  const signature = macroSignature(macro, walk.library);
  const names = signature.map(({ name }) => name);
  const unknown = call.named
    .filter(({ name }) => !names.includes(name))
    .map(({ name, start, end }) =>
      unknownArgument(macro.node.name, name, { file, start, end }, names),
    );
  const missing = signature
    .filter(
      ({ name, isRequired }, index) =>
        isRequired &&
        index >= call.values.length &&
        !call.named.some((given) => given.name === name),
    )
    .map(({ name }) =>
      missingArgument(macro.node.name, name, { file, start: call.start, end: call.end }),
    );
  return [...unknown, ...missing];
}
