import { parse, parseWithoutProcessing } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import { lineStarts } from '../kernel/span.ts';
import { convertProgram } from './convert.ts';
import { jinjaStatement } from './jinja.ts';
import { parseFailure } from './parse-error.ts';
import type { Program, Template } from './syntax.ts';

export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

interface Parsed {
  readonly text: string;
  readonly found: Outcome<Template | undefined>;
}

/** What stands at each place, as it was last parsed: compiling reads again what parsing the project has read. */
const KNOWN = new Map<string, Parsed>();

/**
 * Parses a template. `offset` is where its text begins inside the file (0 for a whole file), for
 * templates inside YAML. A template that cannot be parsed gives `undefined` and CX2001 diagnostics.
 */
export function parseTemplate(file: TemplateFile, offset = 0): Outcome<Template | undefined> {
  const jinja = jinjaStatement(file, offset);
  if (jinja !== undefined) return outcome(undefined, [jinja]);
  if (!file.text.includes('{{'))
    return outcome({ file: file.path, program: plainProgram(file.text, offset) });
  const place = `${offset} ${file.path}`;
  const known = KNOWN.get(place);
  if (known?.text === file.text) return known.found;
  const found = parseFile(file, offset);
  KNOWN.set(place, { text: file.text, found });
  return found;
}

function parseFile(file: TemplateFile, offset: number): Outcome<Template | undefined> {
  try {
    return outcome({ file: file.path, program: parseProgram(file.text, offset) });
  } catch (error) {
    return outcome(undefined, [parseFailure(error, file, offset)]);
  }
}

function plainProgram(text: string, offset: number): Program {
  const statements =
    text === '' ? [] : [{ kind: 'text' as const, text, start: offset, end: offset + text.length }];
  return { statements, blockParameters: [], inlines: [] };
}

function parseProgram(text: string, offset: number): Program {
  // Handlebars counts columns wrongly after U+2028 and U+2029; another space of the same length stands in.
  const counted = text.replace(/[\u2028\u2029]/g, '\u2003');
  const tree = parseWithoutProcessing(counted);
  for (const statement of tree.body) if (isConfigCall(statement)) standAlone(statement);
  return convertProgram(parse(tree), {
    text,
    offset,
    starts: lineStarts(text),
    isCounted: counted !== text,
  });
}

function isConfigCall(statement: hbs.AST.Statement): statement is hbs.AST.MustacheStatement {
  if (statement.type !== 'MustacheStatement') return false;
  return (
    ((statement as hbs.AST.MustacheStatement).path as hbs.AST.PathExpression).original === 'config'
  );
}

/** `config` renders as nothing, so its line goes as the line of a comment goes; `convert.ts` knows it by its path. */
function standAlone(statement: { type: string }): void {
  statement.type = 'CommentStatement';
}
