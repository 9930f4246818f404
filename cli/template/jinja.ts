import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { scanSql } from '../sql/scan.ts';

const STATEMENT =
  /\{%[-+]?\s*(set|if|elif|else|endif|for|endfor|macro|endmacro|call|endcall|do|raw|endraw|test|snapshot|materialization)\b(?:(?!%\})[^\n])*(?:%\})?/;

const INSTEAD: Readonly<Record<string, string>> = {
  set: 'give the value to a macro or a variable, or write `{{#with value as |name|}} … {{/with}}`',
  if: 'write `{{#if (eq target.name "prod")}} … {{else}} … {{/if}}`',
  for: 'write `{{#each list as |item|}} … {{/each}}`',
  macro: 'put the body into a file `macros/<name>.sql`',
  raw: 'write `{{{{raw}}}} … {{{{/raw}}}}`',
};

const COMMENT = /\{\{~?!--[\s\S]*?--~?\}\}|\{\{~?![\s\S]*?\}\}/g;

/** Statements of Jinja, which a server would be sent as they are: the first one outside of comments and strings. */
export function jinjaStatement(
  file: { readonly path: string; readonly text: string },
  offset: number,
): Diagnostic | undefined {
  if (!file.text.includes('{%')) return undefined;
  const text = file.text.replace(COMMENT, (comment) => ' '.repeat(comment.length));
  for (const token of scanSql(text)) {
    if (token.text !== '{' || text[token.end] !== '%') continue;
    const found = STATEMENT.exec(text.slice(token.start));
    if (found?.index !== 0) continue;
    const [statement, word = ''] = found;
    const start = token.start + offset;
    return diagnostic('CX2001', `\`{% ${word} %}\` is Jinja, and templates are Handlebars`, {
      span: { file: file.path, start, end: start + statement.trimEnd().length },
      hint: INSTEAD[word] ?? 'docs/templates.md has a table of what to write in its place',
    });
  }
  return undefined;
}
