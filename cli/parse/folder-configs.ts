import type { ConfigLevel } from './config-merge.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Configuration by folder, as the project file has it under `models:` and the like. */
export interface FolderTree {
  readonly tree: Tree;
  /** The project that wrote it: its own folders may stand without its name above them. */
  readonly projectName: string;
}

/** What one folder of the tree writes. The same object each time it is asked for. */
export interface FolderLevel {
  readonly values: ConfigLevel;
  /** Keys that lead to it from the section's own. */
  readonly path: readonly string[];
}

/**
 * The levels of a folder tree that apply to a node, shallowest first. `fqn` begins with the package.
 * Keys with a plus, and keys whose value is no map, are configuration; the others are folders.
 */
export function folderLevels(folders: FolderTree, fqn: readonly string[]): readonly FolderLevel[] {
  const isOwn = fqn[0] === folders.projectName;
  return [
    levelOf(folders.tree, []),
    ...(isOwn ? levelsAlong(folders.tree, fqn.slice(1)) : []),
    ...levelsAlong(folders.tree, fqn),
  ].filter(({ values }) => values !== NONE);
}

function levelsAlong(tree: Tree, path: readonly string[]): FolderLevel[] {
  const levels: FolderLevel[] = [];
  let current: Tree = tree;
  for (const [depth, step] of path.entries()) {
    const next = Object.hasOwn(current, step) ? current[step] : undefined;
    if (!isTree(next)) break;
    levels.push(levelOf(next, path.slice(0, depth + 1)));
    current = next;
  }
  return levels;
}

const NONE: ConfigLevel = {};
const known = new WeakMap<Tree, FolderLevel>();

function levelOf(tree: Tree, path: readonly string[]): FolderLevel {
  const before = known.get(tree);
  if (before !== undefined) return before;
  const entries = Object.entries(tree).flatMap(([key, value]): [string, unknown][] => {
    if (key.startsWith('+')) return [[key.slice(1).trim(), value]];
    return isTree(value) ? [] : [[key, value]];
  });
  const level = { values: entries.length === 0 ? NONE : Object.fromEntries(entries), path };
  known.set(tree, level);
  return level;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Paths of folders in the tree that no node lies in: most often misspelt. */
export function unusedFolders(
  folders: FolderTree,
  nodes: Iterable<readonly string[]>,
): readonly (readonly string[])[] {
  const used = new Set<string>();
  for (const fqn of nodes) {
    addPrefixes(used, fqn);
    if (fqn[0] === folders.projectName) addPrefixes(used, fqn.slice(1));
  }
  return foldersIn(folders.tree, []).filter((path) => !used.has(path.join('\u0000')));
}

function addPrefixes(used: Set<string>, path: readonly string[]): void {
  let prefix = '';
  for (const step of path) {
    prefix = prefix === '' ? step : `${prefix}\u0000${step}`;
    used.add(prefix);
  }
}

function foldersIn(tree: Tree, path: readonly string[]): readonly (readonly string[])[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    if (key.startsWith('+') || !isTree(value)) return [];
    const here = [...path, key];
    return [here, ...foldersIn(value, here)];
  });
}
