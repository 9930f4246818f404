import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { lineStarts } from '../kernel/span.ts';
import type { TextRange } from './handlebars-lexer.ts';
import { lastToken } from './handlebars-lexer.ts';
import { TemplateSyntaxError } from './syntax-error.ts';
import { unbalancedBlock } from './unbalanced-block.ts';

const CALLED = '`(` does not begin the arguments of a call';
const LITERAL_BRACES = 'write `\\{{` for two braces that are not a template';

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
  const stoppedAt = lastToken(file.text);
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
  const open = unclosedBraces(file.text, stoppedAt);
  if (open !== undefined) {
    return diagnostic('CX2001', '`{{` is not closed by `}}`', {
      span: span(open.start, open.end),
      label: 'opened here',
      hint: LITERAL_BRACES,
    });
  }
  const place = thrownAt(error, file.text) ?? stoppedAt;
  const call = /^([\w.]+)\(/.exec(file.text.slice(place.start, place.start + 100))?.[1];
  return diagnostic('CX2001', call === undefined ? syntaxMessage(message) : CALLED, {
    span: span(place.start, place.end + (call?.length ?? 0)),
    hint:
      call === undefined
        ? LITERAL_BRACES
        : `arguments follow the name without parentheses: \`{{${call} "a" "b"}}\``,
  });
}

/** The braces before a place from which on there are none that close. */
function unclosedBraces(text: string, place: TextRange): TextRange | undefined {
  const start = text.lastIndexOf('{{', place.start);
  const isOpen = start !== -1 && text.indexOf('}}', start) === -1;
  return isOpen ? { start, end: start + 2 } : undefined;
}

function isAboutBlocks(message: string): boolean {
  return /doesn't match|got 'EOF'|got 'OPEN_ENDBLOCK'|got 'INVERSE'|got 'OPEN_INVERSE_CHAIN'/.test(
    message,
  );
}

/** Errors of Handlebars' own checks carry the place of the head they are about. */
function thrownAt(error: unknown, text: string): TextRange | undefined {
  const { lineNumber, column, endColumn, endLineNumber } = error as Record<string, unknown>;
  if (typeof lineNumber !== 'number' || typeof column !== 'number') return undefined;
  const starts = lineStarts(text);
  const start = (starts[lineNumber - 1] ?? 0) + column;
  const isWhole = typeof endLineNumber === 'number' && typeof endColumn === 'number';
  return { start, end: isWhole ? (starts[endLineNumber - 1] ?? 0) + endColumn : start + 1 };
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
