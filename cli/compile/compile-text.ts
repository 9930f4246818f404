import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { compileTemplate } from './compile-template.ts';
import type { CompileContext } from './context.ts';

/** A template that is no node of its own: a hook, an operation, an inline query. */
export interface TemplateText {
  readonly text: string;
  /** Project-relative path the text stands in, or `<inline>`. */
  readonly file: string;
  /** Offset of the text in that file: 0 for a whole file. */
  readonly offset?: number;
  /** Package whose names `ref` and macros look up first. */
  readonly packageName: string;
  /** The node whose `this` and `is_incremental` the text sees. */
  readonly node?: ManifestNode;
}

/** Evaluates a template to one statement with the references of the project; ephemeral parents are inlined. */
export function compileText(template: TemplateText, context: CompileContext): Outcome<RenderedSql> {
  const { text, file, offset = 0, packageName, node } = template;
  const compiled = compileTemplate(
    { text, file, offset, label: file === '<inline>' ? 'the query' : `the text in \`${file}\`` },
    { packageName, node },
    context,
  );
  return outcome(compiled.value.sql, compiled.diagnostics);
}
