import { stripTypes } from '../strip-types.ts';

/** What the code of a module is called with: a function that gives other modules, and what it exports into. */
export const MODULE_PARAMETERS = '$import, $out';

/** A form of `import` or `export` that models cannot use, with its place in the source. */
export class ModuleFormError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * A module as the body of a function: types are blanks, imports are calls of `$import`, exports are put into
 * `$out`. Every other character stays in its place, so that positions are those of the source.
 * Throws what the parser says (`startLine`, `startColumn`) and ModuleFormError.
 */
export async function moduleCode(source: string, filename: string): Promise<string> {
  const code = await stripTypes(source, filename);
  const lexer = await import('es-module-lexer');
  await lexer.init;
  const [imports, exports] = lexer.parse(code, filename);
  const edits: Edit[] = imports.map((found) => importEdit(code, found));
  const after: string[] = [];
  for (const { s, n, ln } of exports) {
    const edit = exportEdit(code, s);
    if (!edits.some(({ start }) => start === edit.start)) edits.push(edit);
    if (n !== 'default') after.push(`$out[${JSON.stringify(n)}] = ${ln ?? n};`);
  }
  return `${edited(code, edits)}\n${after.join('\n')}`;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface FoundImport {
  readonly ss: number;
  readonly se: number;
  readonly d: number;
  readonly n: string | undefined;
}

const IMPORT =
  /^import\s*(?:(?<only>[\w$]+)\s*,?\s*)?(?:\*\s*as\s+(?<all>[\w$]+)\s*|\{(?<named>[^}]*)\}\s*)?from\b/;

function importEdit(code: string, { ss, se, d, n }: FoundImport): Edit {
  if (d !== -1) throw new ModuleFormError('`import` is written at the top of a file', ss);
  const { only, all, named } = IMPORT.exec(code.slice(ss, se))?.groups ?? {};
  const names = [
    ...(only === undefined ? [] : [`default: ${only}`]),
    ...(named ?? '').split(',').flatMap((part) => {
      const [name, as] = part.trim().split(/\s+as\s+/);
      return name === undefined || name === '' ? [] : [as === undefined ? name : `${name}: ${as}`];
    }),
  ];
  if (code.startsWith('export', ss))
    throw new ModuleFormError('a module exports only what it declares itself', ss);
  const binding = all ?? `{ ${names.join(', ')} }`;
  return { start: ss, end: se, text: `const ${binding} = $import(${JSON.stringify(n ?? '')})` };
}

/** `export default` becomes `$out.default =`, which is as long; before a declaration `export` becomes blanks. */
function exportEdit(code: string, nameStart: number): Edit {
  const before = code.slice(0, nameStart);
  const start = before.lastIndexOf('export');
  if (code.startsWith('default', nameStart)) {
    return { start, end: nameStart + 'default'.length, text: '$out.default =' };
  }
  const isList = /^export\s*\{/.test(code.slice(start));
  const end = isList ? code.indexOf('}', nameStart) + 1 : start + 'export'.length;
  return { start, end, text: '' };
}

/** Replaces parts of a text and keeps the line of everything, and the column of what a longer part leaves. */
function edited(code: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const old = code.slice(edit.start, edit.end);
    const blanks = old.replace(/[^\n]/g, ' ');
    text +=
      code.slice(at, edit.start) +
      edit.text +
      blanks.slice(blanks.includes('\n') ? blanks.indexOf('\n') : edit.text.length);
    at = edit.end;
  }
  return text + code.slice(at);
}
