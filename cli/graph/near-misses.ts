import { didYouMean, listOf } from '../kernel/suggest.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { AtomTrace } from './evaluate.ts';
import { hasWildcard } from './glob.ts';
import { qualifiedNameMatcher } from './methods/fqn.ts';
import type { MethodContext } from './methods/method.ts';
import { METHODS } from './methods/registry.ts';
import { searchName } from './node-names.ts';

/** Why a part of a selection matched nothing, or what comes near it; `undefined` when nothing does. */
export function missHint(traces: readonly AtomTrace[], context: MethodContext): string | undefined {
  const empty = traces.find(({ matched }) => matched.size === 0);
  if (empty === undefined) {
    return traces.length > 1
      ? 'each of its atoms matches something, but nothing fits all of them'
      : undefined;
  }
  const { method, value } = empty.atom;
  const text = String(value);
  if (text === '')
    return 'nothing stands on one side of a comma or a space: write `a,b` without spaces';
  if (method === 'changed')
    return 'nothing that the project builds differs there from the last commit';
  const found = method === 'fqn' ? nameHint(text, context) : undefined;
  const known = new Set(METHODS[method].known(context));
  if (known.has(text)) return undefined;
  return found ?? didYouMean(text, known) ?? elsewhere(text, context);
}

function nameHint(name: string, context: MethodContext): string | undefined {
  return hasWildcard(name) ? wildcardHint(name, context) : folderHint(name, context);
}

/** A wildcard is matched from the top folder on, which surprises: show the pattern that works. */
function wildcardHint(name: string, { manifest }: MethodContext): string | undefined {
  const wider = name.startsWith('*') ? `${name}*` : `*.${name}`;
  const found = [...manifest.nodes.values()].filter(qualifiedNameMatcher(wider));
  if (found.length === 0) return undefined;
  return `a wildcard is matched against the whole path, such as \`${pathOf(found[0])}\`: \`${wider}\` finds ${someNames(found)}`;
}

/** A folder below another folder has to be named from the top. */
function folderHint(name: string, { manifest }: MethodContext): string | undefined {
  const wanted = name.split('.');
  for (const node of manifest.nodes.values()) {
    const folders = node.resourceType === 'source' ? [] : node.fqn.slice(1, -1);
    const at = folders.findIndex((_, index) =>
      wanted.every((part, step) => folders[index + step] === part),
    );
    if (at > 0)
      return `a folder is named from the top: \`${folders.slice(0, at + wanted.length).join('.')}\``;
  }
  return undefined;
}

/** The same word under another method, or among what is switched off. */
function elsewhere(text: string, { manifest }: MethodContext): string | undefined {
  const nodes = [...manifest.nodes.values()];
  const isDisabled = [...manifest.disabled.values()].some((node) => node.name === text);
  if (isDisabled) return `\`${text}\` is switched off by \`enabled: false\``;
  const sourceNode = nodes.find(
    (node) =>
      node.resourceType === 'source' && (node.sourceName === text || searchName(node) === text),
  );
  if (sourceNode !== undefined) return `that is a source: \`source:${text}\``;
  if (nodes.some((node) => node.tags.includes(text))) return `that is a tag: \`tag:${text}\``;
  return nodes.some((node) => node.name === text)
    ? `that is the name of a node: \`${text}\``
    : undefined;
}

function pathOf(node: ManifestNode | undefined): string {
  return node?.fqn.slice(1).join('.') ?? '';
}

function someNames(nodes: readonly ManifestNode[]): string {
  const names = nodes.slice(0, 2).map((node) => `\`${searchName(node)}\``);
  return nodes.length > 2
    ? `${names.join(', ')} and ${nodes.length - 2} more`
    : listOf(names, 'and');
}
