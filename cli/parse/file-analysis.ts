import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import type { RefCall, SourceCall } from '../manifest/node.ts';
import type { TemplateEnvironment } from '../template/environment.ts';
import { analyseTemplate } from '../template/analyse.ts';
import { parseTemplate } from '../template/parse.ts';

/** What a template says about its node. Plain data: it is kept in the parse cache. */
export interface FileAnalysis {
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  readonly config: readonly {
    readonly values: Readonly<Record<string, unknown>>;
    readonly span: Span;
  }[];
  readonly macros: readonly string[];
  /** Names given to `env_var`: the analysis holds while their values do. */
  readonly environmentVariables: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING = { refs: [], sources: [], config: [], macros: [], environmentVariables: [] };

export interface TemplateSource {
  readonly text: string;
  /** Project-relative. */
  readonly path: string;
  readonly packageName: string;
}

/** Reads the template of a model, test or snapshot. */
export function analyseFile(
  source: TemplateSource,
  environment: TemplateEnvironment,
): FileAnalysis {
  const parsed = parseTemplate({ path: source.path, text: source.text });
  if (parsed.value === undefined) return { ...NOTHING, diagnostics: parsed.diagnostics };
  const { value, diagnostics } = analyseTemplate(parsed.value, {
    packageName: source.packageName,
    environment,
  });
  return {
    refs: value.refs,
    sources: value.sources,
    config: value.config,
    macros: value.macros,
    environmentVariables: value.environmentVariables,
    diagnostics: [...parsed.diagnostics, ...diagnostics],
  };
}

/** Reads a template that is a value of a YAML file: everything is reported at the place of that value. */
export function analyseText(
  source: TemplateSource,
  place: Span,
  environment: TemplateEnvironment,
): FileAnalysis {
  const analysis = analyseFile(source, environment);
  return {
    ...analysis,
    refs: analysis.refs.map((call) => ({ ...call, span: place })),
    sources: analysis.sources.map((call) => ({ ...call, span: place })),
    diagnostics: analysis.diagnostics.map((found) => atPlace(found, place)),
  };
}

/** A diagnostic about a text inside a file, moved to where that text stands. */
export function atPlace(found: Diagnostic, place: Span): Diagnostic {
  const text = found.labels[0]?.text;
  return { ...found, labels: [text === undefined ? { span: place } : { span: place, text }] };
}
