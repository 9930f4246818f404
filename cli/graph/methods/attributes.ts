import type { ManifestNode, ModelNode } from '../../manifest/node.ts';
import { RESOURCE_TYPES } from '../../manifest/node-id.ts';
import { globMatcher } from '../glob.ts';
import { valueNotTaken } from '../messages.ts';
import type { Matcher, MethodContext, SelectorMethod } from './method.ts';
import { matching, refused } from './method.ts';

export const tag: SelectorMethod = {
  name: 'tag',
  matcher({ value }) {
    const fits = globMatcher(String(value));
    return matching((node) => node.tags.some(fits));
  },
  known: (context) => eachNode(context, (node) => node.tags),
};

export const group: SelectorMethod = {
  name: 'group',
  matcher({ value }) {
    const fits = globMatcher(String(value));
    return matching((node) => groupOf(node).some(fits));
  },
  known: (context) => eachNode(context, groupOf),
};

/** Group of what may carry one: nodes with SQL or a CSV behind them, and metrics. */
function groupOf(node: ManifestNode): readonly string[] {
  switch (node.resourceType) {
    case 'source':
    case 'exposure':
    case 'unit_test':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return [];
    case 'model':
    case 'seed':
    case 'snapshot':
    case 'test':
    case 'operation':
    case 'analysis':
    case 'metric': {
      const name = node.group ?? node.config.group;
      return name === undefined || name === '' ? [] : [name];
    }
  }
}

export const access: SelectorMethod = {
  name: 'access',
  matcher: ({ value }) =>
    matching((node) => node.resourceType === 'model' && node.access === String(value)),
  known: () => ['public', 'protected', 'private'],
};

/** By package; `this` is the project itself. */
export const packageName: SelectorMethod = {
  name: 'package',
  matcher({ value }, { manifest }) {
    const fits = globMatcher(value === 'this' ? manifest.projectName : String(value));
    return matching((node) => fits(node.packageName));
  },
  known: (context) => eachNode(context, (node) => [node.packageName]),
};

export const resourceType: SelectorMethod = {
  name: 'resource_type',
  matcher(atom) {
    const wanted = RESOURCE_TYPES.find((type) => type === atom.value);
    if (wanted === undefined) return refused(valueNotTaken(atom, RESOURCE_TYPES));
    return matching((node) => node.resourceType === wanted);
  },
  known: () => RESOURCE_TYPES,
};

/** By the short name of a generic test (`unique`), or the name of a unit test. */
export const testName: SelectorMethod = {
  name: 'test_name',
  matcher({ value }) {
    const fits = globMatcher(String(value));
    return matching((node) => nameOfTest(node).some(fits));
  },
  known: (context) => eachNode(context, nameOfTest),
};

function nameOfTest(node: ManifestNode): readonly string[] {
  if (node.resourceType === 'unit_test') return [node.name];
  if (node.resourceType !== 'test' || node.kind !== 'generic') return [];
  return node.testName === undefined ? [] : [node.testName];
}

const isGeneric: Matcher = (node) => node.resourceType === 'test' && node.kind === 'generic';

const TEST_TYPES: ReadonlyMap<unknown, Matcher> = new Map([
  ['generic', isGeneric],
  ['schema', isGeneric],
  ['singular', (node: ManifestNode) => node.resourceType === 'test' && node.kind === 'singular'],
  ['data', (node: ManifestNode) => node.resourceType === 'test'],
  ['unit', (node: ManifestNode) => node.resourceType === 'unit_test'],
]);

const TEST_TYPE_NAMES = ['generic', 'singular', 'unit', 'data'];

/** `schema` is the old word for `generic`. */
export const testType: SelectorMethod = {
  name: 'test_type',
  matcher(atom) {
    const fits = TEST_TYPES.get(atom.value);
    return fits === undefined ? refused(valueNotTaken(atom, TEST_TYPE_NAMES)) : matching(fits);
  },
  known: () => TEST_TYPE_NAMES,
};

const VERSION_KINDS: ReadonlyMap<unknown, (model: ModelNode) => boolean> = new Map([
  [
    'latest',
    (model: ModelNode) => model.version !== undefined && model.version === model.latestVersion,
  ],
  ['old', (model: ModelNode) => isBelow(model.version, model.latestVersion)],
  ['prerelease', (model: ModelNode) => isBelow(model.latestVersion, model.version)],
  ['none', (model: ModelNode) => model.version === undefined],
]);

const VERSION_NAMES = ['latest', 'old', 'prerelease', 'none'];

export const version: SelectorMethod = {
  name: 'version',
  matcher(atom) {
    const fits = VERSION_KINDS.get(atom.value);
    if (fits === undefined) return refused(valueNotTaken(atom, VERSION_NAMES));
    return matching((node) => node.resourceType === 'model' && fits(node));
  },
  known: () => VERSION_NAMES,
};

/** Versions compare as numbers where both are, otherwise as texts. */
function isBelow(left: string | number | undefined, right: string | number | undefined): boolean {
  if (left === undefined || right === undefined || left === '' || right === '') return false;
  const numbers = [Number(left), Number(right)] as const;
  if (numbers.some(Number.isNaN)) return String(left) < String(right);
  return numbers[0] < numbers[1];
}

function* eachNode(
  { manifest }: MethodContext,
  names: (node: ManifestNode) => readonly string[],
): Iterable<string> {
  const seen = new Set<string>();
  for (const node of manifest.nodes.values()) {
    for (const name of names(node)) {
      if (!seen.has(name)) yield name;
      seen.add(name);
    }
  }
}
