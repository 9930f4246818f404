import type { Outcome } from '../kernel/outcome.ts';
import type { Span } from '../kernel/span.ts';
import { InternalError } from '../kernel/errors.ts';
import type { RefCall, SourceCall } from '../manifest/node.ts';
import type { TemplateEnvironment } from './environment.ts';
import type { Template } from './syntax.ts';

/** What a template mentions: in every branch, and in the macros that it calls. */
export interface TemplateAnalysis {
  /** In the order of their first mention, repeated mentions included. */
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  /** Evaluated `config` calls in order. */
  readonly config: readonly { readonly values: Readonly<Record<string, unknown>>; readonly span: Span }[];
  /** Ids of macros called directly and through macros, each once. */
  readonly macros: readonly string[];
  /** Names given to `var` and `env_var`. */
  readonly variables: readonly string[];
  readonly environmentVariables: readonly string[];
  readonly usesIncremental: boolean;
}

export interface AnalysisOptions {
  readonly packageName: string;
  /** As for rendering; its `ref`, `source` and `config` are not called. */
  readonly environment: TemplateEnvironment;
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * Reads a template without running it: literal `ref`, `source`, `var`, `env_var` and macro calls of all
 * branches. Only where names or configs have to be computed is the template evaluated as well (with
 * `is_incremental` as the environment says). Unknown helpers and macro arguments are diagnostics.
 */
export function analyseTemplate(_template: Template, _options: AnalysisOptions): Outcome<TemplateAnalysis> {
  throw new InternalError('signature only');
}
