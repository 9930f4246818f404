import type { SourceTexts, Span } from '../../kernel/span.ts';
import { offsetAt } from '../../kernel/span.ts';

const FRAME = /^\s+at (?:.*\()?(.+?):(\d+):(\d+)\)?$/;
/** How a mistake of syntax begins: the file and its line. */
const HEAD = /^(.+?):(\d+)$/;

/** The innermost place of a stack that lies in one of some project-relative files. */
export function placeInStack(
  stack: string,
  files: ReadonlySet<string>,
  texts: SourceTexts,
): Span | undefined {
  for (const line of stack.split('\n')) {
    const [, file = '', row, column = '1'] = FRAME.exec(line) ?? HEAD.exec(line) ?? [];
    if (!files.has(file) || row === undefined) continue;
    const start = offsetAt(texts.text(file) ?? '', Number(row), Number(column));
    return { file, start, end: start };
  }
  return undefined;
}

/** What was thrown as words, and the stack it carries. Errors of the sandbox are of another realm. */
export function thrownWords(thrown: unknown): { readonly message: string; readonly stack: string } {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown), stack: '' };
  const { name, message, stack } = thrown as Partial<Error>;
  const words = typeof message === 'string' ? message : Object.prototype.toString.call(thrown);
  const isPlain = name === undefined || name === 'Error';
  return {
    message: isPlain ? words : `${name}: ${words}`,
    stack: typeof stack === 'string' ? stack : '',
  };
}
