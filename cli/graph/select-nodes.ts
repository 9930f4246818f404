import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { hasErrors, outcome } from '../kernel/outcome.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { AtomTrace, Evaluation } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import type { Graph } from './graph.ts';
import type { Ids } from './id-sets.ts';
import { NO_IDS } from './id-sets.ts';
import { modelsConflict, selectionIgnored, unknownSelector } from './messages.ts';
import { isBlank } from './node-names.ts';
import { keepsBlank, keptTypes } from './resource-types.ts';
import { parseSelectionArguments } from './selection-arguments.ts';
import type { Selection, SelectionReason, SelectionRequest } from './selection.ts';
import type { SelectorDefinition } from './selector-definition.ts';
import type { SelectorExpression } from './selector-expression.ts';

/**
 * Selects nodes as dbt does: atoms, their relatives, their tests, then unions, intersections and
 * exclusions, and at last the types of the command. An argument that cannot be understood is an error
 * and selects nothing; a part that matches nothing is a warning (CX3011).
 */
export function selectNodes(graph: Graph, request: SelectionRequest): Outcome<Selection> {
  const wanted = wantedExpression(request);
  if (wanted.value === undefined) return outcome(selection(NO_IDS, []), wanted.diagnostics);
  const { expression, selector } = wanted.value;
  const evaluation = prepare(graph, request);
  const { direct, traces, diagnostics: found } = evaluate(expression, evaluation);
  const diagnostics = [...wanted.diagnostics, ...found];
  if (hasErrors(diagnostics)) return outcome(selection(NO_IDS, []), diagnostics);
  return outcome(selection(cutToCommand(direct, graph, request), traces, selector), diagnostics);
}

function prepare(graph: Graph, request: SelectionRequest): Evaluation {
  const evaluation: Evaluation = {
    graph,
    mode: request.indirectSelection ?? 'eager',
    context: {
      manifest: graph.manifest,
      inputs: request,
      selectors: request.selectors ?? new Map(),
      select: (expression) => {
        const { direct, diagnostics } = evaluate(expression, evaluation);
        return outcome(cutToCommand(direct, graph, request), diagnostics);
      },
    },
  };
  return evaluation;
}

interface Wanted {
  readonly expression: SelectorExpression;
  readonly selector?: string;
}

/** A named selector wins over arguments, arguments over the default selector. */
function wantedExpression(request: SelectionRequest): Outcome<Wanted | undefined> {
  const conflict = request.models === undefined ? undefined : conflictOf(request);
  if (conflict !== undefined) return outcome(undefined, [conflict]);
  if (request.selector !== undefined) return namedSelector(request.selector, request);
  const isGiven = [request.select, request.models, request.exclude].some((list) => list?.length);
  const byDefault = isGiven ? undefined : defaultSelector(request);
  if (byDefault !== undefined) {
    return outcome({ expression: byDefault.expression, selector: byDefault.name });
  }
  const { value: expression, diagnostics } = parseSelectionArguments(request);
  return outcome(hasErrors(diagnostics) ? undefined : { expression }, diagnostics);
}

function conflictOf(request: SelectionRequest): Diagnostic | undefined {
  if (request.select?.length) return modelsConflict('--select');
  return request.resourceTypes?.length ? modelsConflict('--resource-type') : undefined;
}

function namedSelector(name: string, request: SelectionRequest): Outcome<Wanted | undefined> {
  const definition = request.selectors?.get(name);
  if (definition === undefined) {
    return outcome(undefined, [unknownSelector(name, request.selectors?.keys() ?? [])]);
  }
  const ignored = [
    ...(request.select?.length ? ['--select'] : []),
    ...(request.exclude?.length ? ['--exclude'] : []),
  ];
  return outcome(
    { expression: definition.expression, selector: name },
    ignored.length === 0 ? [] : [selectionIgnored(name, ignored)],
  );
}

function defaultSelector(request: SelectionRequest): SelectorDefinition | undefined {
  return [...(request.selectors?.values() ?? [])].find(({ isDefault }) => isDefault);
}

function cutToCommand(ids: Ids, { manifest }: Graph, request: SelectionRequest): Ids {
  const types = keptTypes(request);
  const takesBlank = keepsBlank(request.command);
  const kept = [...ids].filter((id) => {
    const node = manifest.nodes.get(id);
    return node !== undefined && types.has(node.resourceType) && (takesBlank || !isBlank(node));
  });
  return new Set(kept.sort());
}

function selection(ids: Ids, traces: readonly AtomTrace[], selector?: string): Selection {
  return {
    ids,
    ...(selector === undefined ? {} : { selector }),
    explanation: (id) => (ids.has(id) ? traces.flatMap((trace) => reason(id, trace)) : []),
  };
}

function reason(id: NodeId, trace: AtomTrace): SelectionReason[] {
  if (!trace.within.every((ids) => ids.has(id))) return [];
  const how = howFound(id, trace);
  if (how === undefined) return [];
  const { raw: atom, span } = trace.atom;
  return [{ atom, how, ...(span === undefined ? {} : { span }) }];
}

function howFound(id: NodeId, trace: AtomTrace): SelectionReason['how'] | undefined {
  if (trace.matched.has(id)) return 'match';
  if (trace.parents.has(id)) return 'parent';
  if (trace.children.has(id)) return 'child';
  if (trace.around.has(id)) return 'around';
  return trace.tests.has(id) ? 'test' : undefined;
}
