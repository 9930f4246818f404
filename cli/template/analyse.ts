import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { Span } from '../kernel/span.ts';
import type { RefCall, SourceCall } from '../manifest/node.ts';
import { identifier } from '../sql/identifier.ts';
import type { TemplateEnvironment } from './environment.ts';
import { mentionsOf } from './mentions.ts';
import { renderTemplate } from './render.ts';
import type { Template } from './syntax.ts';

/** A `config` call with its evaluated arguments. */
interface ConfigCall {
  readonly values: Readonly<Record<string, unknown>>;
  readonly span: Span;
}

/** What a template mentions: in every branch, and in the macros that it calls. */
export interface TemplateAnalysis {
  /** In the order of their mention, repeated ones included; those of macros after the template's own. */
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  /** Evaluated `config` calls in order. */
  readonly config: readonly ConfigCall[];
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

/** What a run of the template asked for. */
interface Recording {
  readonly refs: RefCall[];
  readonly sources: SourceCall[];
  readonly config: ConfigCall[];
}

/**
 * Reads a template without running it: literal `ref`, `source`, `var`, `env_var` and macro calls of all
 * branches. Only where names or configs have to be computed is the template evaluated as well (with
 * `is_incremental` as the environment says). Unknown helpers and macro arguments are diagnostics.
 */
export function analyseTemplate(
  template: Template,
  options: AnalysisOptions,
): Outcome<TemplateAnalysis> {
  const { packageName, environment } = options;
  const { mentions, diagnostics } = mentionsOf(template, packageName, environment.macros);
  const recording: Recording = { refs: [], sources: [], config: [] };
  const evaluated = mentions.isComputed ? template : onlyConfig(template);
  const found =
    evaluated.program.statements.length === 0 ? [] : evaluate(evaluated, options, recording);
  const analysis: TemplateAnalysis = {
    refs: [
      ...mentions.refs,
      ...recording.refs.filter((call) => !mentions.refs.some((known) => sameRef(known, call))),
    ],
    sources: [
      ...mentions.sources,
      ...recording.sources.filter(
        (call) => !mentions.sources.some((known) => sameSource(known, call)),
      ),
    ],
    config: recording.config,
    macros: [...mentions.called].map((macro) => macro.node.id),
    variables: [...mentions.variables],
    environmentVariables: [...mentions.environmentVariables],
    usesIncremental: mentions.usesIncremental,
  };
  return outcome(analysis, withoutRepeats([...diagnostics, ...found]));
}

/** The `config` calls that stand outside of every block: all there is to evaluate in most models. */
function onlyConfig(template: Template): Template {
  const statements = template.program.statements.filter(
    (statement) => statement.kind === 'output' && statement.call.path.original === 'config',
  );
  return { ...template, program: { statements, blockParameters: [], inlines: [] } };
}

function evaluate(
  template: Template,
  options: AnalysisOptions,
  recording: Recording,
): readonly Diagnostic[] {
  const { packageName, context } = options;
  const environment = recordingEnvironment(options.environment, recording);
  return renderTemplate(template, environment, {
    packageName,
    ...(context === undefined ? {} : { context }),
  }).diagnostics;
}

function recordingEnvironment(
  environment: TemplateEnvironment,
  recording: Recording,
): TemplateEnvironment {
  return {
    ref(call) {
      recording.refs.push(call);
      return outcome(identifier(call.name));
    },
    source(call) {
      recording.sources.push(call);
      return outcome(identifier(call.table));
    },
    config: (values, span) => void recording.config.push({ values, span }),
    variable: (name) => environment.variable(name),
    environmentVariable: (name) => environment.environmentVariable(name),
    doc: (name) => environment.doc(name),
    thisRelation: environment.thisRelation,
    thisParts: environment.thisParts,
    isIncremental: environment.isIncremental,
    target: environment.target,
    runStartedAt: environment.runStartedAt,
    variableNames: environment.variableNames,
    client: environment.client,
    capabilities: environment.capabilities,
    macros: environment.macros,
  };
}

function sameRef(left: RefCall, right: RefCall): boolean {
  return (
    left.name === right.name && left.package === right.package && left.version === right.version
  );
}

function sameSource(left: SourceCall, right: SourceCall): boolean {
  return left.source === right.source && left.table === right.table;
}

function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const kept = new Map<string, Diagnostic>();
  for (const found of diagnostics) {
    const span = found.labels[0]?.span;
    const key = `${found.code} ${span?.file} ${span?.start} ${found.message}`;
    if (!kept.has(key)) kept.set(key, found);
  }
  return [...kept.values()];
}
