import Handlebars from 'handlebars';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { lineStarts } from '../kernel/span.ts';
import { TemplateSyntaxError } from './syntax-error.ts';

/** What the parser was at when it threw: Handlebars says it only in a drawing, its lexer knows it. */
interface Lexer {
  readonly _input: string;
  readonly match: string;
  readonly yylloc: unknown;
  setInput(text: string): void;
  lex(): number | string;
}

interface OpenBlock {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Number of the grammar's tokens by what they are for. */
const OPENERS: ReadonlySet<number | string> = new Set([29, 34, 60]);
const OPEN_END_BLOCK = 47;
const IDENTIFIER = 72;
const END_OF_FILE = 5;

/** The diagnostic of an error thrown while a template was parsed; never rethrows. */
export function parseFailure(
  error: unknown,
  file: { readonly path: string; readonly text: string },
  offset: number,
): Diagnostic {
  const span = (start: number, end: number) => ({
    file: file.path,
    start: start + offset,
    end: end + offset,
  });
  if (error instanceof TemplateSyntaxError) {
    return diagnostic('CX2001', error.message, { span: { file: file.path, ...error.range } });
  }
  if (error instanceof RangeError) {
    return diagnostic('CX2001', 'the template is nested too deeply', {
      span: span(0, file.text.length),
    });
  }
  const stoppedAt = lexerOffset(file.text);
  const message = error instanceof Error ? error.message : String(error);
  const blocks = unbalancedBlock(file.text);
  if (blocks !== undefined && isAboutBlocks(message)) {
    return diagnostic('CX2001', blocks.message, {
      span: span(blocks.start, blocks.end),
      label: blocks.label,
      labels: blocks.opener && [
        { span: span(blocks.opener.start, blocks.opener.end), text: 'opened here' },
      ],
      hint: blocks.hint,
    });
  }
  const place = thrownAt(error, file.text) ?? stoppedAt;
  return diagnostic('CX2001', syntaxMessage(message), {
    span: span(place.start, place.end),
    hint: 'write `\\{{` for two braces that are not a template',
  });
}

function isAboutBlocks(message: string): boolean {
  return /doesn't match|got 'EOF'|got 'OPEN_ENDBLOCK'|got 'INVERSE'|got 'OPEN_INVERSE_CHAIN'/.test(
    message,
  );
}

function currentLexer(): Lexer {
  return (Handlebars as unknown as { Parser: { lexer: Lexer } }).Parser.lexer;
}

/** The token at which the lexer stands. */
function lexerOffset(text: string): { start: number; end: number } {
  const lexer = currentLexer();
  const end = Math.max(0, text.length - lexer._input.length);
  const start = Math.max(0, end - lexer.match.length);
  return { start, end: Math.max(end, Math.min(start + 1, text.length)) };
}

/** Errors of Handlebars' own checks carry the place of the head they are about. */
function thrownAt(error: unknown, text: string): { start: number; end: number } | undefined {
  const { lineNumber, column, endColumn, endLineNumber } = error as Record<string, unknown>;
  if (typeof lineNumber !== 'number' || typeof column !== 'number') return undefined;
  const starts = lineStarts(text);
  const start = (starts[lineNumber - 1] ?? 0) + column;
  const isWhole = typeof endLineNumber === 'number' && typeof endColumn === 'number';
  return { start, end: isWhole ? (starts[endLineNumber - 1] ?? 0) + endColumn : start + 1 };
}

interface Unbalanced {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly opener?: OpenBlock;
  readonly hint?: string;
}

/** Pairs the opening and closing tags of a text and gives the first that has no partner. */
function unbalancedBlock(text: string): Unbalanced | undefined {
  const open: OpenBlock[] = [];
  for (const tag of blockTags(text)) {
    if (tag.kind === 'open') {
      open.push(tag);
      continue;
    }
    const last = open.pop();
    if (last === undefined) {
      return {
        ...tag,
        message: `\`{{/${tag.name}}}\` closes a block that is not open`,
        label: 'nothing to close',
      };
    }
    if (last.name !== tag.name) {
      return {
        ...tag,
        message: `\`{{#${last.name}}}\` is closed by \`{{/${tag.name}}}\``,
        label: `\`{{/${last.name}}}\` was expected here`,
        opener: last,
      };
    }
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  return {
    ...last,
    message: `\`{{#${last.name}}}\` is never closed`,
    label: 'opened here',
    hint: `write \`{{/${last.name}}}\` where the block ends`,
  };
}

function blockTags(text: string): readonly (OpenBlock & { readonly kind: 'open' | 'close' })[] {
  const lexer = currentLexer();
  lexer.setInput(text);
  const tags: (OpenBlock & { readonly kind: 'open' | 'close' })[] = [];
  let pending: { kind: 'open' | 'close'; start: number } | undefined;
  try {
    for (let token = lexer.lex(); token !== END_OF_FILE && token !== 1; token = lexer.lex()) {
      const place = lexerOffset(text);
      if (OPENERS.has(token)) pending = { kind: 'open', start: place.start };
      else if (token === OPEN_END_BLOCK) pending = { kind: 'close', start: place.start };
      else if (pending !== undefined && token === IDENTIFIER) {
        tags.push({ ...pending, name: headName(text, place.start), end: place.end });
        pending = undefined;
      }
    }
  } catch {
    // The rest cannot be read as tokens; what came before is enough to say what is open.
  }
  return tags;
}

/** A dotted head is several tokens; its name runs to the first blank or brace. */
function headName(text: string, start: number): string {
  return /^[^\s}~|]+/.exec(text.slice(start, start + 200))?.[0] ?? '';
}

const TOKENS: Readonly<Record<string, string>> = {
  EOF: 'the end of the file',
  CLOSE: '`}}`',
  CLOSE_UNESCAPED: '`}}}`',
  CLOSE_SEXPR: '`)`',
  OPEN_SEXPR: '`(`',
  OPEN_ENDBLOCK: '`{{/`',
  INVERSE: '`{{else}}`',
  OPEN_INVERSE_CHAIN: '`{{else`',
  EQUALS: '`=`',
  SEP: 'a dot',
  DATA: '`@`',
  STRING: 'a string',
  NUMBER: 'a number',
  ID: 'a name',
  INVALID: 'a character that has no meaning here',
};

function syntaxMessage(message: string): string {
  const got = /got '([A-Z_]+)'/.exec(message)?.[1];
  if (got !== undefined) return `${TOKENS[got] ?? `\`${got}\``} was not expected here`;
  if (message.startsWith('Lexical error'))
    return 'nothing can be read from here on: a comment or raw block is not closed';
  return message.split(' - ')[0] ?? message;
}
