import { incremental } from './incremental/incremental.ts';
import type { Materialization } from './materialization.ts';
import { table } from './table.ts';
import { view } from './view.ts';

/** Every materialisation that leaves a relation. `ephemeral` models are inlined by compile. */
const MATERIALIZATIONS: readonly Materialization[] = [view, table, incremental];

export const MATERIALIZATION_NAMES: readonly string[] = [
  ...MATERIALIZATIONS.map((materialization) => materialization.name),
  'ephemeral',
];

export function materializationOf(name: string): Materialization | undefined {
  return MATERIALIZATIONS.find((materialization) => materialization.name === name);
}
