type SqlTokenKind = 'space' | 'comment' | 'word' | 'quoted-name' | 'string' | 'symbol';

/** One stretch of SQL text. An unclosed comment or string reaches to the end of the text. */
export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** In MySQL two dashes begin a comment only before white space or the end. */
const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<comment>--(?=\s|$)[^\n]*|#[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    String.raw`(?<name>\x60(?:[^\x60]|\x60\x60)*(?:\x60|$))`,
    String.raw`(?<string>'(?:[^'\\]|\\[\s\S]|'')*(?:'|\\?$)|"(?:[^"\\]|\\[\s\S]|"")*(?:"|\\?$))`,
    String.raw`(?<word>[\p{L}\p{N}_$@]+)`,
    String.raw`(?<symbol>[\s\S])`,
  ].join('|'),
  'yu',
);

/** Splits SQL of the MySQL dialect into tokens that cover the whole text. */
export function* scanSql(text: string, from = 0): Generator<SqlToken> {
  const pattern = new RegExp(TOKEN);
  pattern.lastIndex = from;
  for (;;) {
    const start = pattern.lastIndex;
    const match = start < text.length ? pattern.exec(text) : null;
    if (match === null) return;
    const groups = match.groups ?? {};
    yield { kind: kindOf(groups), text: match[0], start, end: start + match[0].length };
  }
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): SqlTokenKind {
  if (groups['space'] !== undefined) return 'space';
  if (groups['comment'] !== undefined) return 'comment';
  if (groups['name'] !== undefined) return 'quoted-name';
  if (groups['string'] !== undefined) return 'string';
  return groups['word'] === undefined ? 'symbol' : 'word';
}

/** True for tokens that mean something: neither white space nor a comment. */
export function isSignificant(token: SqlToken): boolean {
  return token.kind !== 'space' && token.kind !== 'comment';
}
