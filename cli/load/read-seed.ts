import type { Outcome } from '../kernel/outcome.ts';
import type { SeedNode } from '../manifest/node.ts';
import type { SeedTable } from './seed-table.ts';
import { InternalError } from '../kernel/errors.ts';

/**
 * Reads a seed's CSV: its columns with declared or inferred types, its rows as text that fits them.
 * The value is `undefined` when there are errors; each names file, line and column.
 */
export async function readSeed(seed: SeedNode): Promise<Outcome<SeedTable | undefined>> {
  throw new InternalError(`reading ${seed.path} is being written`);
}
