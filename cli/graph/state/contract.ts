import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { stableStringify } from '../../kernel/json.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { ColumnConstraint } from '../../manifest/node.ts';
import { contractRemoved } from '../messages.ts';
import type { ComparisonInputs } from '../selection.ts';
import type { ComparableNode } from './previous-state.ts';

/** Constraints that the server checks; a foreign key is not carried through a rebuild. */
const ENFORCED: ReadonlySet<ColumnConstraint['type']> = new Set([
  'not_null',
  'unique',
  'primary_key',
  'check',
]);

/** Whether readers who rely on the contract can rely on it still, to the letter. */
export function isSameContract(now: ComparableNode, before: ComparableNode): boolean {
  if (!now.isContractEnforced && !before.isContractEnforced) return true;
  if (now.isContractEnforced !== before.isContractEnforced) return false;
  return contractText(now) === contractText(before);
}

/** Columns with types and constraints, whatever their order, and what the materialisation enforces. */
function contractText(node: ComparableNode): string {
  const columns = [...node.columns]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, dataType, constraints }) => [name, dataType ?? null, constraints]);
  return stableStringify([
    columns,
    enforcesConstraints(node) ? [node.materialized, node.constraints] : null,
  ]);
}

function enforcesConstraints(node: ComparableNode): boolean {
  return node.materialized === 'table' || node.materialized === 'incremental';
}

/** What a change takes away from readers of an enforced contract, one sentence each; mostly nothing. */
export function breakingChanges(now: ComparableNode, before: ComparableNode): string[] {
  if (!before.isContractEnforced || isSameContract(now, before)) return [];
  const changes: string[] = [];
  if (!now.isContractEnforced) changes.push('the contract is no longer enforced');
  for (const column of before.columns) changes.push(...columnChanges(column, now, before));
  if (enforcesConstraints(before)) {
    for (const constraint of lost(before.constraints, now.constraints)) {
      changes.push(`the constraint \`${constraintName(constraint)}\` is gone`);
    }
  }
  const hadConstraints =
    before.constraints.length > 0 ||
    before.columns.some(({ constraints }) => constraints.length > 0);
  if (hadConstraints && enforcesConstraints(before) && !enforcesConstraints(now)) {
    changes.push(
      `as a \`${now.materialized}\` it cannot enforce the constraints that it had as a \`${before.materialized}\``,
    );
  }
  return changes;
}

function columnChanges(
  old: ComparableNode['columns'][number],
  now: ComparableNode,
  before: ComparableNode,
): string[] {
  const column = now.columns.find(({ name }) => name === old.name);
  if (column === undefined) return [`the column \`${old.name}\` is gone`];
  const changes: string[] = [];
  if (baseType(old.dataType) !== baseType(column.dataType)) {
    changes.push(
      `\`${old.name}\` was \`${old.dataType ?? ''}\` and is \`${column.dataType ?? ''}\``,
    );
  }
  if (enforcesConstraints(before)) {
    for (const constraint of lost(old.constraints, column.constraints)) {
      changes.push(`\`${old.name}\` lost its constraint \`${constraintName(constraint)}\``);
    }
  }
  return changes;
}

/** `DECIMAL(12,2)` is `decimal`: a size may change without breaking readers. */
function baseType(type: string | undefined): string {
  return (type ?? '').replace(/\(.*$/s, '').trim().toLowerCase();
}

function lost(before: readonly ColumnConstraint[], now: readonly ColumnConstraint[]) {
  const kept = new Set(now.map(stableStringify));
  return before.filter(
    (constraint) => ENFORCED.has(constraint.type) && !kept.has(stableStringify(constraint)),
  );
}

function constraintName(constraint: ColumnConstraint): string {
  return constraint.name ?? constraint.type;
}

/** Models with an enforced contract that are gone or switched off, unless their deprecation date has passed. */
export function removedContracts(manifest: Manifest, inputs: ComparisonInputs): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const before of inputs.state?.nodes.values() ?? []) {
    if (before.resourceType !== 'model' || !before.isContractEnforced) continue;
    if (manifest.nodes.has(before.id) || isDeprecated(before, inputs.now)) continue;
    found.push(contractRemoved(before, manifest.disabled.has(before.id)));
  }
  return found;
}

function isDeprecated(node: ComparableNode, now: number | undefined): boolean {
  if (node.deprecationDate === undefined || now === undefined) return false;
  return Date.parse(node.deprecationDate) < now;
}
