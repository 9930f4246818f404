import type { Outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { Span } from '../kernel/span.ts';
import { InternalError } from '../kernel/errors.ts';
import type { MacroDefinition, TemplateEnvironment } from './environment.ts';
import type { Template } from './syntax.ts';

export interface RenderOptions {
  /** The package that the template belongs to: macro names resolve from there. */
  readonly packageName: string;
  /** Variables that the template sees by name (arguments of a generic test and the like). */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Partials beside the macros, by name. */
  readonly partials?: ReadonlyMap<string, Template>;
}

/** Renders a template to SQL with the origin of every character. Errors are collected, not thrown. */
export function renderTemplate(
  _template: Template,
  _environment: TemplateEnvironment,
  _options: RenderOptions,
): Outcome<RenderedSql> {
  throw new InternalError('signature only');
}

/** A macro call that stands in no template: generic tests and `run-operation`. */
export interface MacroCall {
  readonly macro: MacroDefinition;
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the call is written (a properties file, the command line). */
  readonly span: Span;
}

/** Calls a macro with values and gives its SQL; arguments are checked as in a template. */
export function renderMacro(_call: MacroCall, _environment: TemplateEnvironment): Outcome<RenderedSql> {
  throw new InternalError('signature only');
}
