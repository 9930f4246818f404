import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { MacroDefinition, TemplateEnvironment } from './environment.ts';
import type { Scope } from './scope.ts';
import type { SqlWriter } from './sql-writer.ts';
import type { CallArguments } from './partial-call.ts';
import type { Program } from './syntax.ts';

/** One run of the renderer over a template and everything it calls. */
export interface Rendering {
  readonly environment: TemplateEnvironment;
  /** Keeps a mistake; the same mistake in every turn of a loop is kept once. */
  report(diagnostics: readonly Diagnostic[]): void;
  /** Writes a program; its blocks and partials come back here. */
  renderProgram(program: Program, scope: Scope, writer: SqlWriter): void;
  /** Calls a macro as a template wrote it and writes its SQL. */
  renderMacro(call: MacroInvocation, writer: SqlWriter): void;
  /** The value of a macro that is an argument of something else: text, or whatever a script returned. */
  macroValue(call: MacroInvocation): unknown;
}

export interface MacroInvocation {
  readonly definition: MacroDefinition;
  readonly expression: CallArguments;
  /** Where the call stands. */
  readonly scope: Scope;
  /** The program between `{{#macro}}` and `{{/macro}}`: `{{> @partial-block}}` of the macro. */
  readonly block?: Program | undefined;
  /** Written as a partial: these partials are visible, and the macro's last line break is kept. */
  readonly included?: Pick<Scope, 'partials'> | undefined;
}
