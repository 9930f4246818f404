import type { TemplateText } from '../compile/compile-text.ts';
import type { CompileContext } from '../compile/context.ts';
import { CortexError } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { Flags } from './flags.ts';
import { flagsExclude } from './messages.ts';
import type { ProjectSession } from './session.ts';

const INLINE_FILE = '<inline>';

/** An inline template takes the place of a selection. Throws CX1004 when both are given. */
export function refuseInlineWithSelection(
  flags: Pick<Flags, 'inline' | 'select' | 'models' | 'selector' | 'exclude'>,
): void {
  if (flags.inline === undefined) return;
  const given = [
    ...(flags.select.length > 0 ? ['--select'] : []),
    ...(flags.models.length > 0 ? ['--models'] : []),
    ...(flags.exclude.length > 0 ? ['--exclude'] : []),
    ...(flags.selector === undefined ? [] : ['--selector']),
  ];
  if (given[0] !== undefined) throw new CortexError([flagsExclude('--inline', given[0])]);
}

/** A text from the command line as a template; its problems show their place in it. */
export function inlineTemplate(session: ProjectSession, text: string): TemplateText {
  session.texts.add({ text: (file) => (file === INLINE_FILE ? text : undefined) });
  return { text, file: INLINE_FILE, packageName: session.project.name };
}

/** Compiles a query from the command line. */
export async function compileInline(
  session: ProjectSession,
  text: string,
  context: CompileContext,
): Promise<Outcome<RenderedSql>> {
  const { compileText } = await import('../compile/compile-text.ts');
  return compileText(inlineTemplate(session, text), context);
}
