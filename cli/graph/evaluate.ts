import type { Diagnostic } from '../kernel/diagnostic.ts';
import { hasErrors } from '../kernel/outcome.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { Graph } from './graph.ts';
import type { Ids } from './id-sets.ts';
import { difference, intersection, NO_IDS, union } from './id-sets.ts';
import { nothingSelected } from './messages.ts';
import type { MethodContext } from './methods/method.ts';
import { METHODS } from './methods/registry.ts';
import { missHint } from './near-misses.ts';
import type { IndirectSelection } from './selection.ts';
import type { SelectorAtom } from './selector-atom.ts';
import type { SelectorExpression, SelectorGroup } from './selector-expression.ts';

/** What one atom found, step by step: for `--explain-selection`. */
export interface AtomTrace {
  readonly atom: SelectorAtom;
  readonly matched: Ids;
  readonly parents: Ids;
  readonly children: Ids;
  readonly around: Ids;
  /** Tests of what it found, those that wait for other parents included. */
  readonly tests: Ids;
  /** Sets that a node must be in for the atom to have brought it: its intersections and differences. */
  readonly within: readonly Ids[];
}

export interface Evaluated {
  readonly direct: Ids;
  /** `direct`, and tests set aside because some of their parents are not selected (yet). */
  readonly aside: Ids;
  readonly traces: readonly AtomTrace[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface Evaluation {
  readonly graph: Graph;
  readonly context: MethodContext;
  /** For atoms that do not say. */
  readonly mode: IndirectSelection;
}

/** What an expression selects, before anything is cut to the types of the command. */
export function evaluate(expression: SelectorExpression, evaluation: Evaluation): Evaluated {
  switch (expression.kind) {
    case 'atom':
      return evaluateAtom(expression.atom, evaluation);
    case 'difference': {
      const from = evaluate(expression.from, evaluation);
      const minus = evaluate(expression.minus, evaluation);
      const direct = difference(from.direct, minus.direct);
      const aside = difference(from.aside, minus.aside);
      return {
        direct,
        aside,
        traces: limited(from.traces, union([direct, aside])),
        diagnostics: [...from.diagnostics, ...minus.diagnostics],
      };
    }
    case 'union':
    case 'intersection':
      return evaluateGroup(expression, evaluation);
  }
}

function evaluateGroup(group: SelectorGroup, evaluation: Evaluation): Evaluated {
  const combine = group.kind === 'union' ? union : intersection;
  const parts = group.parts.map((part) => evaluate(part, evaluation));
  const together = combine(parts.map((part) => part.direct));
  const aside = combine(parts.map((part) => part.aside));
  const direct = withCompleteTests(together, aside, group.indirectSelection, evaluation.graph);
  const traces = parts.flatMap((part) => part.traces);
  const diagnostics = parts.flatMap((part) => part.diagnostics);
  if (group.expected !== undefined && direct.size === 0 && !hasErrors(diagnostics)) {
    const { raw, span } = group.expected;
    diagnostics.push(nothingSelected(raw, span, missHint(traces, evaluation.context)));
  }
  return { direct, aside, traces: limited(traces, union([direct, aside])), diagnostics };
}

function limited(traces: readonly AtomTrace[], ids: Ids): AtomTrace[] {
  return traces.map((trace) => ({ ...trace, within: [...trace.within, ids] }));
}

function evaluateAtom(atom: SelectorAtom, { graph, context, mode }: Evaluation): Evaluated {
  const { value: fits, diagnostics } = METHODS[atom.method].matcher(atom, context);
  if (fits === undefined) return { direct: NO_IDS, aside: NO_IDS, traces: [], diagnostics };
  const matched = new Set<NodeId>();
  for (const node of graph.manifest.nodes.values()) if (fits(node)) matched.add(node.id);

  const found = { atom, matched, ...relatives(atom, matched, graph) };
  const selected = union([matched, found.parents, found.children, found.around]);
  const { complete, incomplete } =
    atom.method === 'selector'
      ? { complete: NO_IDS, incomplete: NO_IDS }
      : testsOf(selected, atom.indirectSelection ?? mode, graph);
  const direct = union([selected, complete]);
  return {
    direct,
    aside: union([direct, incomplete]),
    traces: [{ ...found, tests: union([complete, incomplete]), within: [] }],
    diagnostics,
  };
}

/** What the operators of an atom add to the nodes that it matches. */
function relatives(atom: SelectorAtom, matched: Ids, graph: Graph) {
  const below = atom.childrensParents ? union([matched, graph.descendants(matched)]) : NO_IDS;
  return {
    around: union([below, graph.ancestors(below)]),
    parents: atom.parents ? graph.ancestors(matched, atom.parentsDepth) : NO_IDS,
    children: atom.children ? graph.descendants(matched, atom.childrenDepth) : NO_IDS,
  };
}

/** The tests of selected nodes: those to take now, and those whose other parents are missing. */
function testsOf(selected: Ids, mode: IndirectSelection, graph: Graph) {
  const complete = new Set<NodeId>();
  const incomplete = new Set<NodeId>();
  if (mode === 'empty') return { complete, incomplete };
  const available =
    mode === 'buildable'
      ? union([selected, graph.ancestors(selected), sourceIds(graph)])
      : selected;
  for (const id of selected) {
    for (const child of graph.children(id)) {
      const node = graph.manifest.nodes.get(child);
      if (node?.resourceType !== 'test' && node?.resourceType !== 'unit_test') continue;
      const isComplete =
        mode === 'eager' || node.dependsOn.every((parent) => available.has(parent));
      (isComplete ? complete : incomplete).add(child);
    }
  }
  return { complete, incomplete };
}

function sourceIds({ manifest }: Graph): Ids {
  const ids = new Set<NodeId>();
  for (const node of manifest.nodes.values()) if (node.resourceType === 'source') ids.add(node.id);
  return ids;
}

/** Looks again at data tests that were set aside, now that more is selected. */
function withCompleteTests(direct: Ids, aside: Ids, mode: IndirectSelection, graph: Graph): Ids {
  const looksAgain = mode === 'cautious' || mode === 'buildable';
  if (!looksAgain || aside.size === direct.size) return direct;
  const available = mode === 'buildable' ? union([direct, graph.ancestors(direct)]) : direct;
  const complete = [...difference(aside, direct)].filter((id) => {
    const node = graph.manifest.nodes.get(id);
    return node?.resourceType === 'test' && node.dependsOn.every((parent) => available.has(parent));
  });
  return union([direct, new Set(complete)]);
}
