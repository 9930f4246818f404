import type { Relation } from '../manifest/relation.ts';
import { derivedName } from './identifier.ts';

/** Names that only one relation uses, for what is built beside its published relation. */
export interface BuildNames {
  /** The new version, until it is published. */
  readonly shadow: Relation;
  /** The old version, between publishing and dropping. */
  readonly old: Relation;
  /** The batch of an incremental model: a temporary table of the building session. */
  readonly batch: Relation;
}

const SHADOW_SUFFIX = '__cortex_new';
const OLD_SUFFIX = '__cortex_old';
const BATCH_SUFFIX = '__cortex_batch';

/** Shadow, old and batch names of a relation: the same in every run, never longer than 64 characters. */
export function buildNames(relation: Relation): BuildNames {
  const beside = (suffix: string): Relation => ({
    database: relation.database,
    name: derivedName(relation.name, suffix),
  });
  return { shadow: beside(SHADOW_SUFFIX), old: beside(OLD_SUFFIX), batch: beside(BATCH_SUFFIX) };
}

/** Whether a relation is something that a build made beside a published one. */
export function isBuildName(name: string): boolean {
  return [SHADOW_SUFFIX, OLD_SUFFIX, BATCH_SUFFIX].some((suffix) => name.endsWith(suffix));
}
