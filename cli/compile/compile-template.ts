import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { ModelNode, SnapshotNode, TestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { identifier } from '../sql/identifier.ts';
import type { NamedQuery } from '../sql/statement.ts';
import { readStatement, withQueries } from '../sql/statement.ts';
import type { TemplateEnvironment } from '../template/environment.ts';
import { parseTemplate } from '../template/parse.ts';
import { renderTemplate } from '../template/render.ts';
import type { CompileContext } from './context.ts';
import { aliasEmptySelections } from './empty-relations.ts';
import { ephemeralNames } from './ephemeral-names.ts';
import { secondStatement } from './messages.ts';
import type { OnEphemeral, Writer } from './references.ts';
import { nodeEnvironment } from './references.ts';

/** SQL with everything inlined that it needs. */
export interface CompiledSql {
  readonly sql: RenderedSql;
  /** Ephemeral models in the order of their CTEs: parents before those that read them. */
  readonly inlined: readonly NodeId[];
}

/** Text of a template and the place it stands in. */
export interface TemplateSource {
  readonly text: string;
  readonly file: string;
  readonly offset: number;
  /** For messages: model `orders`. */
  readonly label: string;
}

/** Evaluates a template to one statement, with its ephemeral parents in front of it. */
export function compileTemplate(
  source: TemplateSource,
  writer: Writer,
  context: CompileContext,
): Outcome<CompiledSql> {
  const inlining = startInlining(context);
  const environment = nodeEnvironment(writer, context, inlining.add);
  const rendered = renderStatement(source, writer.packageName, environment);
  return inlining.finish(rendered);
}

/** Collects the ephemeral models that a text refers to, each with those that it refers to itself. */
export interface Inlining {
  readonly add: OnEphemeral;
  finish(statement: Outcome<RenderedSql>): Outcome<CompiledSql>;
}

export function startInlining(context: CompileContext): Inlining {
  const queries = new Map<NodeId, NamedQuery>();
  const begun = new Set<NodeId>();
  const diagnostics: Diagnostic[] = [];
  const names = ephemeralNames(context.manifest);
  const add = (node: ModelNode): void => {
    if (begun.has(node.id)) return;
    begun.add(node.id);
    const environment = nodeEnvironment({ packageName: node.packageName, node }, context, add);
    const rendered = renderStatement(templateSource(node), node.packageName, environment);
    diagnostics.push(...rendered.diagnostics);
    queries.set(node.id, {
      name: identifier(names.get(node.id) ?? node.name),
      sql: rendered.value,
    });
  };
  return {
    add,
    finish: (statement) => {
      const sql = withQueries([...queries.values()], statement.value);
      return outcome({ sql, inlined: [...queries.keys()] }, [
        ...diagnostics,
        ...statement.diagnostics,
      ]);
    },
  };
}

export function templateSource(node: ModelNode | SnapshotNode | TestNode): TemplateSource {
  return {
    text: node.rawCode,
    file: node.span?.file ?? node.path,
    offset: 0,
    label: `${node.resourceType} \`${node.name}\``,
  };
}

function renderStatement(
  source: TemplateSource,
  packageName: string,
  environment: TemplateEnvironment,
): Outcome<RenderedSql> {
  const parsed = parseTemplate({ path: source.file, text: source.text }, source.offset);
  if (parsed.value === undefined) return outcome(generatedSql(''), parsed.diagnostics);
  const rendered = renderTemplate(parsed.value, environment, { packageName });
  const diagnostics = [...parsed.diagnostics, ...rendered.diagnostics];
  const { sql, secondAt } = readStatement(rendered.value);
  if (secondAt !== undefined)
    diagnostics.push(secondStatement(rendered.value, secondAt, source.label));
  return outcome(aliasEmptySelections(sql), diagnostics);
}
