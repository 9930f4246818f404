import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { toSource } from '../kernel/rendered-sql.ts';

interface ParserError {
  readonly message: string;
  /** In Unicode code points. */
  readonly start?: number;
  readonly end?: number;
}

/**
 * Words of MySQL and MariaDB that the parser is known to stumble over, or may: an error there says
 * nothing about the statement.
 */
const DOUBTFUL = new Set(
  `character charset row rows sounds member of binary straight_join sql_no_cache sql_calc_found_rows
   high_priority system_time for returning lock procedure into outfile partition separator escape match
   against using interval convert collate value values table lateral json_table window over except
   intersect minus period portion skip nowait wait`.split(/\s+/),
);

/**
 * Mistakes that the SQL parser is sure of, at the template lines that wrote them. What it only does not
 * know is passed over: the server decides. The parser is loaded at the first call (about half a second).
 */
export async function checkSyntax(sql: RenderedSql): Promise<readonly Diagnostic[]> {
  if (sql.text.trim() === '') return [];
  const { validate } = await import('@polyglot-sql/sdk');
  const errors: readonly ParserError[] = validate(sql.text, 'mysql').errors;
  return errors.slice(0, 1).flatMap((error) => describe(error, sql));
}

function describe(error: ParserError, sql: RenderedSql): readonly Diagnostic[] {
  const start = utf16Offset(sql.text, error.start ?? 0);
  const end = utf16Offset(sql.text, error.end ?? (error.start ?? 0) + 1);
  const written = sql.text.slice(start, end);
  const isOpen = /end of input/.test(error.message);
  if (!isOpen && !isSure(written)) return [];
  const place = toSource(sql, start, end);
  const message = isOpen
    ? 'the statement ends where more of it was expected'
    : `\`${written}\` cannot stand here in a statement of the MySQL dialect`;
  return [
    diagnostic('CX3101', message, {
      span: place?.span,
      labels: place?.via === undefined ? [] : [{ span: place.via, text: 'expanded here' }],
      hint: isOpen
        ? 'look for a parenthesis that is not closed'
        : 'look at what stands just before it',
    }),
  ];
}

/** A comma, or a word that means nothing special to any server. */
function isSure(written: string): boolean {
  if (written === ',') return true;
  return /^[A-Za-z_]\w*$/.test(written) && !DOUBTFUL.has(written.toLowerCase());
}

/** The parser counts code points where JavaScript counts UTF-16 units. */
function utf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count += 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
