import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { Span } from '../kernel/span.ts';
import { macroValue, templateCall, writeMacro } from './call-macro.ts';
import type { MacroDefinition, TemplateEnvironment } from './environment.ts';
import { TemplateFault } from './fault.ts';
import { renderProgram } from './render-program.ts';
import type { Rendering } from './rendering.ts';
import { rootScope } from './scope.ts';
import { SqlWriter } from './sql-writer.ts';
import type { Template } from './syntax.ts';

const MOST_DIAGNOSTICS = 100;

export interface RenderOptions {
  /** The package that the template belongs to: macro names resolve from there. */
  readonly packageName: string;
  /** Variables that the template sees by name (arguments of a generic test and the like). */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Partials beside the macros, by name. */
  readonly partials?: ReadonlyMap<string, Template>;
}

/**
 * Renders a template to SQL with the origin of every character. Errors are collected, not thrown: what
 * failed is left out of the text.
 */
export function renderTemplate(
  template: Template,
  environment: TemplateEnvironment,
  options: RenderOptions,
): Outcome<RenderedSql> {
  const { packageName, context, partials } = options;
  const frame = { file: template.file, packageName, via: undefined, root: context ?? {}, level: 0 };
  return run(environment, { file: template.file, start: 0, end: 0 }, (rendering, writer) => {
    rendering.renderProgram(template.program, rootScope(frame, partials), writer);
  });
}

/** A macro call that stands in no template: generic tests and `run-operation`. */
export interface MacroCall {
  readonly macro: MacroDefinition;
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the call is written (a properties file, the command line). */
  readonly span: Span;
}

/** Calls a macro with values and gives its SQL; arguments are checked as in a template. */
export function renderMacro(
  call: MacroCall,
  environment: TemplateEnvironment,
): Outcome<RenderedSql> {
  const { macro: definition, span } = call;
  const given = Object.entries(call.values).map(([name, value]) => ({ name, value, span }));
  return run(environment, span, (rendering, writer) => {
    writeMacro({ definition, given, site: { span, via: undefined, level: 0 } }, rendering, writer);
  });
}

function run(
  environment: TemplateEnvironment,
  place: Span,
  write: (rendering: Rendering, writer: SqlWriter) => void,
): Outcome<RenderedSql> {
  const found = new Map<string, Diagnostic>();
  const writer = new SqlWriter();
  const rendering = createRendering(environment, found);
  try {
    write(rendering, writer);
  } catch (error) {
    rendering.report(faultOf(error, place));
  }
  return outcome(writer.finish(), [...found.values()]);
}

function faultOf(error: unknown, place: Span): readonly Diagnostic[] {
  if (error instanceof TemplateFault) return error.diagnostics;
  if (!(error instanceof RangeError)) throw error;
  return [
    diagnostic('CX2016', `\`${place.file}\` calls macros and partials too deeply`, { span: place }),
  ];
}

function createRendering(
  environment: TemplateEnvironment,
  found: Map<string, Diagnostic>,
): Rendering {
  const rendering: Rendering = {
    environment,
    report(diagnostics) {
      for (const one of diagnostics) {
        if (found.size < MOST_DIAGNOSTICS) found.set(keyOf(one), one);
      }
    },
    renderProgram: (program, scope, writer) => renderProgram(program, scope, writer, rendering),
    renderMacro: (call, writer) => writeMacro(templateCall(call, rendering), rendering, writer),
    macroValue: (call) => macroValue(templateCall(call, rendering), rendering),
  };
  return rendering;
}

function keyOf(found: Diagnostic): string {
  const span = found.labels[0]?.span;
  return `${found.code} ${span?.file} ${span?.start} ${found.message}`;
}
