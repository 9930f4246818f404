import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { stableStringify } from '../../kernel/json.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import type { ResourceType } from '../../manifest/node-id.ts';
import { contractBroken } from '../messages.ts';
import { comparableNode } from './comparable-node.ts';
import { breakingChanges, isSameContract } from './contract.ts';
import type { ComparableNode, PreviousState } from './previous-state.ts';

export const STATE_CHECKS = [
  'new',
  'old',
  'modified',
  'unmodified',
  'modified.body',
  'modified.configs',
  'modified.persisted_descriptions',
  'modified.relation',
  'modified.macros',
  'modified.contract',
] as const;

export type StateCheck = (typeof STATE_CHECKS)[number];

type Comparison = (now: ComparableNode, before: ComparableNode) => boolean;

/** Kinds whose appearance alone is not a modification: nothing is built for them. */
const NEW_IS_UNMODIFIED: ReadonlySet<ResourceType> = new Set([
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
]);

/** Kinds that have a body of their own; what else changes in others is `modified` as a whole. */
const WITH_BODY: ReadonlySet<ResourceType> = new Set([
  'model',
  'seed',
  'snapshot',
  'test',
  'operation',
  'analysis',
  'function',
]);

/** Settings that do not count as a change of the configuration. */
const UNCOMPARED_SETTINGS = new Set(['database', 'schema', 'alias', 'tags', 'group']);

/** All that counts as a change of a test's configuration. */
const TEST_SETTINGS = [
  'severity',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
  'store_failures',
  'store_failures_as',
  'sql_header',
];

/**
 * The test behind one word of `state:`. `breaches` gives the broken contracts among the nodes that the
 * test has seen: errors for versioned models, warnings for others.
 */
export function stateCheck(check: StateCheck, manifest: Manifest, previous: PreviousState) {
  const macros = modifiedMacros(manifest, previous);
  const usesModifiedMacro = (node: ManifestNode) => node.macros.some((id) => macros.has(id));
  const seen: Diagnostic[] = [];

  const differs = (node: ManifestNode, isSame: Comparison) => {
    const before = previous.nodes.get(node.id);
    return before === undefined || !isSame(comparableNode(node), before);
  };
  const isModified = (node: ManifestNode) => {
    const isNewAndHarmless =
      !previous.nodes.has(node.id) && NEW_IS_UNMODIFIED.has(node.resourceType);
    return (!isNewAndHarmless && differs(node, isSameContent)) || usesModifiedMacro(node);
  };
  const noteBreach = (node: ManifestNode) => {
    const before = previous.nodes.get(node.id);
    if (before === undefined || node.resourceType !== 'model') return;
    const changes = breakingChanges(comparableNode(node), before);
    if (changes.length > 0) seen.push(contractBroken(node, changes, before.version !== undefined));
  };
  const noting = (test: (node: ManifestNode) => boolean) => (node: ManifestNode) => {
    noteBreach(node);
    return test(node);
  };

  const tests: Readonly<Record<StateCheck, (node: ManifestNode) => boolean>> = {
    new: (node) => !previous.nodes.has(node.id),
    old: (node) => previous.nodes.has(node.id),
    modified: noting(isModified),
    unmodified: noting((node) => !isModified(node)),
    'modified.body': (node) => differs(node, isSameBody),
    'modified.configs': (node) => differs(node, isSameConfig),
    'modified.persisted_descriptions': (node) => differs(node, isSamePersistedDescription),
    'modified.relation': (node) => differs(node, isSameRelation),
    'modified.macros': usesModifiedMacro,
    'modified.contract': noting((node) => differs(node, isSameContract)),
  };
  return { isSelected: tests[check], breaches: (): readonly Diagnostic[] => seen };
}

function modifiedMacros(manifest: Manifest, previous: PreviousState): ReadonlySet<string> {
  const modified = new Set<string>();
  for (const macro of manifest.macros.values()) {
    const before = previous.macros.get(macro.id);
    if (before !== '' && before !== macro.checksum) modified.add(macro.id);
  }
  for (const id of previous.macros.keys()) if (!manifest.macros.has(id)) modified.add(id);
  return modified;
}

function isSameContent(now: ComparableNode, before: ComparableNode): boolean {
  if (now.resourceType === 'unit_test') return now.body === before.body;
  const isSameBasis = isSameConfig(now, before) && isEqual(now.fqn, before.fqn);
  if (now.isGenericTest || !isSameBasis) return isSameBasis;
  if (now.declaration !== null) return isEqual(now.declaration, before.declaration);
  return (
    isSameBody(now, before) &&
    isSamePersistedDescription(now, before) &&
    isSameRelation(now, before) &&
    isSameContract(now, before) &&
    isSameReference(now, before)
  );
}

function isSameBody(now: ComparableNode, before: ComparableNode): boolean {
  return !WITH_BODY.has(now.resourceType) || now.body === before.body;
}

function isSameConfig(now: ComparableNode, before: ComparableNode): boolean {
  if (now.resourceType === 'unit_test') return true;
  const [mine, theirs] = [now.unrenderedConfig, before.unrenderedConfig];
  const keys =
    now.resourceType === 'test'
      ? TEST_SETTINGS
      : [...Object.keys(mine), ...Object.keys(theirs)].filter(
          (key) => !UNCOMPARED_SETTINGS.has(key),
        );
  return keys.every(
    (key) =>
      Object.hasOwn(mine, key) === Object.hasOwn(theirs, key) && isEqual(mine[key], theirs[key]),
  );
}

/** Descriptions count only where they are written into the database. */
function isSamePersistedDescription(now: ComparableNode, before: ComparableNode): boolean {
  if (now.persistDocs.relation && now.description !== before.description) return false;
  return !now.persistDocs.columns || isEqual(columnDescriptions(now), columnDescriptions(before));
}

function columnDescriptions({ columns }: ComparableNode) {
  return Object.fromEntries(columns.map(({ name, description }) => [name, description]));
}

/** What the settings say of the relation's name, not what a target makes of it. */
function isSameRelation(now: ComparableNode, before: ComparableNode): boolean {
  if (now.resourceType === 'source') return isEqual(now.declaration, before.declaration);
  return ['database', 'schema', 'alias'].every((key) =>
    isEqual(now.unrenderedConfig[key] ?? null, before.unrenderedConfig[key] ?? null),
  );
}

/** What decides how others may refer to a model. */
function isSameReference(now: ComparableNode, before: ComparableNode): boolean {
  return (
    now.latestVersion === before.latestVersion &&
    now.access === before.access &&
    now.deprecationDate === before.deprecationDate
  );
}

function isEqual(left: unknown, right: unknown): boolean {
  return left === right || stableStringify(left) === stableStringify(right);
}
