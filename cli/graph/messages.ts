import type { Diagnostic, Label } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import { didYouMean, listOf } from '../kernel/suggest.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { searchName } from './node-names.ts';
import type { SelectorAtom } from './selector-atom.ts';
import type { ComparableNode } from './state/previous-state.ts';

type Nodes = ReadonlyMap<NodeId, ManifestNode>;

/** `cycle`: each node refers to the next, the last to the first. */
export function cycleFound(cycle: readonly NodeId[], nodes: Nodes): Diagnostic {
  const nameOf = (id: NodeId | undefined) => searchNameOf(id ?? '', nodes);
  const path = [...cycle, cycle[0]].map(nameOf).join(' → ');
  const labels = cycle.flatMap((id, index) => {
    const parent = cycle[(index + 1) % cycle.length] ?? id;
    return referenceLabel(nodes.get(id), nodes.get(parent));
  });
  return diagnostic('CX3001', `\`${path}\` is a cycle`, {
    labels,
    hint:
      cycle.length === 1
        ? `\`${nameOf(cycle[0])}\` refers to itself: remove the reference`
        : 'remove one of these references, or move what two of them share into a model of its own',
    ...(cycle[0] === undefined ? {} : { node: cycle[0] }),
  });
}

function searchNameOf(id: NodeId, nodes: Nodes): string {
  const node = nodes.get(id);
  return node === undefined ? id : searchName(node);
}

function referenceLabel(
  child: ManifestNode | undefined,
  parent: ManifestNode | undefined,
): Label[] {
  if (child === undefined || parent === undefined) return [];
  const span = referenceSpan(child, parent) ?? child.span;
  if (span === undefined) return [];
  return [{ span, text: `\`${searchName(child)}\` refers to \`${searchName(parent)}\`` }];
}

function referenceSpan(child: ManifestNode, parent: ManifestNode) {
  if (!('refs' in child)) return undefined;
  const calls = child.refs.filter((call) => call.name === parent.name);
  const version = parent.resourceType === 'model' ? parent.version : undefined;
  const exact = calls.find(
    (call) => call.version !== undefined && String(call.version) === String(version),
  );
  return (exact ?? calls.find((call) => call.version === undefined) ?? calls[0])?.span;
}

export function unreadableAtom(text: string, span: Span): Diagnostic {
  return diagnostic('CX3010', `\`${text}\` cannot be read as a part of a selection`, {
    span,
    hint: 'write `[@][N+]method:value[+N]` on one line',
  });
}

export function unknownMethod(
  method: string,
  known: readonly string[],
  span: Span | undefined,
): Diagnostic {
  return diagnostic('CX3012', `\`${method}\` is not a selection method`, {
    span,
    hint: didYouMean(method, known) ?? `the methods are ${listOf(quoted(known), 'and')}`,
  });
}

export function atSignWithPlus(text: string, span: Span): Diagnostic {
  return diagnostic('CX3010', `\`${text}\` has both \`@\` and a \`+\` at the end`, {
    span,
    hint: '`@` already takes everything below: leave the `+` out',
  });
}

export function valueNotTaken(atom: SelectorAtom, taken: readonly string[]): Diagnostic {
  const value = String(atom.value);
  return diagnostic('CX3013', `\`${atom.method}:\` does not take \`${value}\``, {
    ...at(atom),
    hint: didYouMean(value, taken) ?? `it takes ${listOf(quoted(taken), 'or')}`,
  });
}

export function tooManyDots(atom: SelectorAtom, longest: string): Diagnostic {
  return diagnostic('CX3013', `\`${atom.value}\` has too many dots for \`${atom.method}:\``, {
    ...at(atom),
    hint: `the longest form is \`${longest}\``,
  });
}

export function comparisonMissing(atom: SelectorAtom, what: string): Diagnostic {
  const isChanged = atom.method === 'changed';
  return diagnostic(
    'CX3014',
    isChanged
      ? `\`${atom.raw}\` needs the ${what}, which git did not give`
      : `\`${atom.raw}\` compares with an earlier \`${what}\`, and none was given`,
    {
      ...at(atom),
      hint: isChanged
        ? 'run inside a git repository'
        : `name the directory that holds the earlier \`${what}\` with \`--state\``,
    },
  );
}

export function unknownSelector(name: string, known: Iterable<string>, span?: Span): Diagnostic {
  const names = [...known];
  return diagnostic('CX3017', `no YAML selector is named \`${name}\``, {
    span,
    hint:
      didYouMean(name, names) ??
      (names.length === 0
        ? 'no selectors are defined: add them to `selectors.yml`'
        : `the selectors are ${listOf(quoted(names), 'and')}`),
  });
}

export function selectorsInvalid(
  message: string,
  span: Span | undefined,
  hint: string | undefined,
): Diagnostic {
  return diagnostic('CX3015', message, { span, hint });
}

export function selectorCircle(names: readonly string[], spans: readonly Span[]): Diagnostic {
  const path = [...names, names[0]].join(' → ');
  return diagnostic('CX3016', `\`${path}\` is a circle of selectors`, {
    labels: spans.map((span) => ({ span })),
    hint: 'remove one of these references',
  });
}

export function textHoldsSeparator(text: string, span: Span | undefined): Diagnostic {
  const isUnion = text.includes(' ');
  return diagnostic(
    'CX3022',
    `\`${text}\` is one name here, ${isUnion ? 'the space' : 'the comma'} included`,
    {
      span,
      hint: `write ${isUnion ? '`union:`' : '`intersection:`'} with a list`,
    },
  );
}

export function selectionIgnored(selector: string, ignored: readonly string[]): Diagnostic {
  return diagnostic(
    'CX3018',
    `${listOf(quoted(ignored), 'and')} ${ignored.length === 1 ? 'has' : 'have'} no effect beside \`--selector ${selector}\``,
    { hint: 'leave one of them out' },
  );
}

export function modelsConflict(other: string): Diagnostic {
  return diagnostic('CX3019', `\`--models\` cannot be combined with \`${other}\``, {
    hint: 'write `--select` and `--resource-type model`',
  });
}

export function nothingSelected(raw: string, span: Span, hint: string | undefined): Diagnostic {
  return diagnostic('CX3011', `\`${raw}\` does not match any enabled node`, { span, hint });
}

/** A contract that changed so that its readers may fail: an error once the model has versions. */
export function contractBroken(
  node: ManifestNode,
  changes: readonly string[],
  isVersioned: boolean,
): Diagnostic {
  return diagnostic('CX3020', `\`${searchName(node)}\` breaks the contract that it had`, {
    severity: isVersioned ? 'error' : 'warning',
    span: node.span,
    notes: changes,
    hint: isVersioned
      ? 'make a new version and leave this one as it was'
      : 'tell those who read it, or give the model versions',
    node: node.id,
  });
}

export function contractRemoved(before: ComparableNode, isDisabled: boolean): Diagnostic {
  const name = before.version === undefined ? before.name : `${before.name}.v${before.version}`;
  const what = isDisabled ? 'was switched off' : 'was deleted or renamed';
  return diagnostic('CX3020', `\`${name}\` had an enforced contract and ${what}`, {
    severity: before.version === undefined ? 'warning' : 'error',
    hint: 'set a `deprecation_date` and remove it after that day',
    node: before.id,
  });
}

function at(atom: SelectorAtom): { readonly span?: Span } {
  return atom.span === undefined ? {} : { span: atom.span };
}

function quoted(names: readonly string[]): string[] {
  return names.map((name) => `\`${name}\``);
}
