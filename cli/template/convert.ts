import { TemplateSyntaxError } from './syntax-error.ts';
import { visibleText } from './whitespace.ts';
import type {
  CallExpression,
  Expression,
  InlinePartial,
  LiteralExpression,
  NamedArgument,
  PartialStatement,
  PathExpression,
  Program,
  Statement,
} from './syntax.ts';

const DEEPEST_NESTING = 200;

/** The text that was parsed, for offsets. */
export interface ParsedText {
  readonly text: string;
  /** Added to every offset. */
  readonly offset: number;
  readonly starts: readonly number[];
  /** True when Handlebars saw stand-ins for some characters, so that strings are read from the text. */
  readonly isCounted: boolean;
}

type Mustache = hbs.AST.MustacheStatement;
type Block = hbs.AST.BlockStatement;
type Partial = hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement;
type Content = hbs.AST.ContentStatement;

/** Turns Handlebars' tree into Cortex's: offsets in place of lines, kinds in place of type names. */
export function convertProgram(tree: hbs.AST.Program, parsed: ParsedText, nesting = 0): Program {
  if (nesting > DEEPEST_NESTING)
    throw new TemplateSyntaxError('blocks are nested too deeply', range(tree, parsed));
  const statements: Statement[] = [];
  const inlines: InlinePartial[] = [];
  for (const node of tree.body) {
    if (node.type === 'DecoratorBlock') inlines.push(inlinePartial(node as Block, parsed, nesting));
    else {
      const statement = convertStatement(node, parsed, nesting);
      if (statement !== undefined) statements.push(statement);
    }
  }
  return { statements, blockParameters: tree.blockParams ?? [], inlines };
}

function convertStatement(
  node: hbs.AST.Statement,
  parsed: ParsedText,
  nesting: number,
): Statement | undefined {
  switch (node.type) {
    case 'ContentStatement':
      return convertText(node as Content, parsed);
    case 'MustacheStatement':
      return convertMustache(node as Mustache, parsed);
    case 'CommentStatement':
      return 'path' in node ? convertMustache(node as unknown as Mustache, parsed) : undefined;
    case 'BlockStatement':
      return convertBlock(node as Block, parsed, nesting);
    case 'PartialStatement':
    case 'PartialBlockStatement':
      return convertPartial(node as Partial, parsed, nesting);
    default:
      throw new TemplateSyntaxError(
        'decorators other than `inline` do not exist',
        range(node, parsed),
      );
  }
}

function convertText(node: Content, parsed: ParsedText): Statement | undefined {
  if (node.value === '') return undefined;
  const original = node.original as unknown as string;
  const from = offsetOf(node.loc.start, parsed) + visibleText(original, node.value);
  const text = parsed.isCounted ? parsed.text.slice(from, from + node.value.length) : node.value;
  const start = from + parsed.offset;
  return { kind: 'text', text, start, end: start + text.length };
}

function convertMustache(node: Mustache, parsed: ParsedText): Statement {
  return { kind: 'output', call: convertCall(node, parsed), ...range(node, parsed) };
}

function convertBlock(node: Block, parsed: ParsedText, nesting: number): Statement {
  const program = node.program as hbs.AST.Program | undefined;
  const inverse = node.inverse as hbs.AST.Program | undefined;
  return {
    kind: 'block',
    call: convertCall(node, parsed),
    program: program && convertProgram(program, parsed, nesting + 1),
    inverse: inverse && convertProgram(inverse, parsed, nesting + 1),
    ...range(node, parsed),
  };
}

function convertPartial(node: Partial, parsed: ParsedText, nesting: number): PartialStatement {
  if (node.params.length > 1) {
    throw new TemplateSyntaxError(
      'a partial takes one context; the rest are named arguments',
      range(node, parsed),
    );
  }
  const { params, name } = node;
  const isDynamic = name.type === 'SubExpression';
  return {
    kind: 'partial',
    name: isDynamic
      ? convertExpression(name, parsed, nesting)
      : String((name as hbs.AST.PathExpression).original),
    nameRange: range(name, parsed),
    context: params[0] && convertExpression(params[0], parsed),
    named: namedArguments(node.hash, parsed, 0),
    block: 'program' in node ? convertProgram(node.program, parsed, nesting + 1) : undefined,
    indent: ('indent' in node ? node.indent : undefined) ?? '',
    ...range(node, parsed),
  };
}

function inlinePartial(node: Block, parsed: ParsedText, nesting: number): InlinePartial {
  const name = node.params[0];
  if (node.path.original !== 'inline' || name === undefined) {
    throw new TemplateSyntaxError(
      'decorators other than `inline` do not exist',
      range(node, parsed),
    );
  }
  return {
    name: convertExpression(name, parsed),
    program: convertProgram(node.program, parsed, nesting + 1),
  };
}

interface CallNode extends hbs.AST.Node {
  readonly path: hbs.AST.PathExpression | hbs.AST.Literal;
  readonly params: readonly hbs.AST.Expression[];
  readonly hash: hbs.AST.Hash | undefined;
}

function convertCall(node: CallNode, parsed: ParsedText, nesting = 0): CallExpression {
  return {
    kind: 'call',
    path: convertHead(node.path, parsed),
    values: node.params.map((parameter) => convertExpression(parameter, parsed, nesting)),
    named: namedArguments(node.hash, parsed, nesting),
    isDefinite: node.type === 'SubExpression' || node.params.length > 0 || node.hash !== undefined,
    ...range(node, parsed),
  };
}

/** The head of a call is a name also where it is written as a literal: `{{"name"}}`, `{{12}}`. */
function convertHead(
  node: hbs.AST.PathExpression | hbs.AST.Literal,
  parsed: ParsedText,
): PathExpression {
  if (node.type === 'PathExpression') return convertPath(node as hbs.AST.PathExpression, parsed);
  const name = String(
    (node as hbs.AST.StringLiteral).original ?? node.type.replace('Literal', '').toLowerCase(),
  );
  return {
    kind: 'path',
    original: name,
    parts: [name],
    depth: 0,
    isData: false,
    isScoped: false,
    ...range(node, parsed),
  };
}

function convertExpression(node: hbs.AST.Expression, parsed: ParsedText, nesting = 0): Expression {
  if (nesting > DEEPEST_NESTING)
    throw new TemplateSyntaxError('expressions are nested too deeply', range(node, parsed));
  if (node.type === 'SubExpression')
    return convertCall(node as hbs.AST.SubExpression, parsed, nesting + 1);
  if (node.type === 'PathExpression') return convertPath(node as hbs.AST.PathExpression, parsed);
  return convertLiteral(node as hbs.AST.StringLiteral, parsed);
}

function convertLiteral(node: hbs.AST.Literal, parsed: ParsedText): LiteralExpression {
  const place = range(node, parsed);
  if (node.type === 'NullLiteral') return { kind: 'literal', value: null, ...place };
  if (node.type === 'UndefinedLiteral') return { kind: 'literal', value: undefined, ...place };
  const { value } = node as hbs.AST.StringLiteral;
  const written =
    parsed.isCounted && typeof value === 'string' ? writtenString(place, parsed) : value;
  return { kind: 'literal', value: written, ...place };
}

function writtenString(place: { start: number; end: number }, parsed: ParsedText): string {
  const token = parsed.text.slice(place.start - parsed.offset, place.end - parsed.offset);
  const quote = token.charAt(0);
  return token.slice(1, -1).replaceAll(`\\${quote}`, quote);
}

function convertPath(node: hbs.AST.PathExpression, parsed: ParsedText): PathExpression {
  return {
    kind: 'path',
    original: node.original,
    parts: node.parts,
    depth: node.depth,
    isData: node.data,
    isScoped: /^\.|this\b/.test(node.original),
    ...range(node, parsed),
  };
}

function namedArguments(
  hash: hbs.AST.Hash | undefined,
  parsed: ParsedText,
  nesting: number,
): readonly NamedArgument[] {
  if (hash === undefined) return [];
  return hash.pairs.map((pair) => ({
    name: pair.key,
    value: convertExpression(pair.value, parsed, nesting),
    ...range(pair, parsed),
  }));
}

function offsetOf(position: hbs.AST.Position, parsed: ParsedText): number {
  return (parsed.starts[position.line - 1] ?? 0) + position.column;
}

function range(node: hbs.AST.Node, parsed: ParsedText): { start: number; end: number } {
  return {
    start: offsetOf(node.loc.start, parsed) + parsed.offset,
    end: offsetOf(node.loc.end, parsed) + parsed.offset,
  };
}
