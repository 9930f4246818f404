import { parser } from 'handlebars/dist/cjs/handlebars/compiler/base.js';

/** Offsets in the text that was parsed. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What the parser was at when it threw: Handlebars says it only in a drawing, its lexer knows it. */
interface Lexer {
  readonly _input: string;
  readonly match: string;
  setInput(text: string): void;
  lex(): number | string;
}

/** The token that the lexer read last; after a parse error, the one that was not expected. */
export function lastToken(text: string): TextRange {
  const lexer = currentLexer();
  const end = Math.max(0, text.length - lexer._input.length);
  const start = Math.max(0, end - lexer.match.length);
  return { start, end: Math.max(end, Math.min(start + 1, text.length)) };
}

/** Numbers of tokens in Handlebars' grammar. */
export const TOKEN = {
  endOfText: 1,
  endOfFile: 5,
  openBlock: 29,
  openInverse: 34,
  openEndBlock: 47,
  openPartialBlock: 60,
  identifier: 72,
} as const;

/** The tokens of a text up to its end or to the first character that is none. */
export function* tokens(text: string): Generator<TextRange & { readonly token: number | string }> {
  const lexer = currentLexer();
  lexer.setInput(text);
  for (let token = nextToken(lexer); token !== undefined; token = nextToken(lexer)) {
    if (token === TOKEN.endOfFile || token === TOKEN.endOfText) return;
    yield { token, ...lastToken(text) };
  }
}

function nextToken(lexer: Lexer): number | string | undefined {
  try {
    return lexer.lex();
  } catch {
    return undefined;
  }
}

function currentLexer(): Lexer {
  return parser.lexer as Lexer;
}
