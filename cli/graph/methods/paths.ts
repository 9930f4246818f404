import { basename, extname } from 'node:path/posix';
import type { Manifest } from '../../manifest/manifest.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { foldersAbove, globMatcher, pathMatcher } from '../glob.ts';
import { comparisonMissing } from '../messages.ts';
import type { SelectorMethod } from './method.ts';
import { matching, refused } from './method.ts';

/** A glob from the project directory: fits the file, a folder above it, or the properties file. */
export const path: SelectorMethod = {
  name: 'path',
  matcher({ value }) {
    const fits = remembering(pathMatcher(String(value)));
    return matching(
      (node) =>
        fits(node.path) ||
        (node.patchPath !== undefined && fits(node.patchPath)) ||
        foldersAbove(node.path).some(fits),
    );
  },
  *known({ manifest }) {
    const paths = new Set<string>();
    for (const node of manifest.nodes.values()) {
      for (const known of [node.path, ...foldersAbove(node.path)])
        if (known !== '') paths.add(known);
    }
    yield* paths;
  },
};

/** The file's name with or without its extension, in any folder. */
export const file: SelectorMethod = {
  name: 'file',
  matcher({ value }) {
    const fits = globMatcher(String(value));
    return matching((node) => {
      const name = basename(node.path);
      return fits(name) || fits(basename(name, extname(name)));
    });
  },
  *known({ manifest }) {
    const names = new Set<string>();
    for (const node of manifest.nodes.values()) names.add(basename(node.path));
    yield* names;
  },
};

/**
 * Nodes of the project whose file, properties file or macros changed, as git sees it. The value is a
 * glob that the changed file must fit, itself or by a folder above it; `*` takes all.
 */
export const changed: SelectorMethod = {
  name: 'changed',
  matcher(atom, { manifest, inputs }) {
    if (inputs.changedPaths === undefined) return refused(comparisonMissing(atom, 'changed files'));
    const fits = atom.value === '*' ? () => true : pathMatcher(String(atom.value));
    const wanted = new Set(
      inputs.changedPaths.filter((file) => fits(file) || foldersAbove(file).some(fits)),
    );
    return matching((node) => filesBehind(node, manifest).some((name) => wanted.has(name)));
  },
  known: ({ inputs }) => inputs.changedPaths ?? [],
};

function filesBehind(node: ManifestNode, manifest: Manifest): string[] {
  const own = node.packageName === manifest.projectName ? [node.path, node.patchPath] : [];
  const macros = node.macros.map((id) => manifest.macros.get(id));
  const macroFiles = macros.map((macro) =>
    macro?.packageName === manifest.projectName ? macro.path : undefined,
  );
  return [...own, ...macroFiles].filter((name) => name !== undefined);
}

/** Folders repeat from node to node; each is matched once. */
function remembering(fits: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = fits(text);
    answers.set(text, answer);
    return answer;
  };
}
