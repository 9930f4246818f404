import { InternalError } from '../kernel/errors.ts';
import type { SeedNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import type { Connection, Database } from '../warehouse/database.ts';
import type { SeedTable } from './seed-table.ts';

export interface LoadSeedOptions {
  readonly connection: Connection;
  readonly database: Database;
  readonly seed: SeedNode;
  readonly table: SeedTable;
  /** The name to create, usually the shadow of the seed's own. Nothing may stand there. */
  readonly relation: Relation;
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  readonly signal?: AbortSignal;
  /** Told the number of rows sent so far. */
  readonly onProgress?: (rows: number) => void;
}

/** Creates `relation` and fills it with the seed's rows: all of them, or an error that names the row. */
export async function loadSeed(options: LoadSeedOptions): Promise<{ readonly rows: number }> {
  throw new InternalError(`loading ${options.seed.path} is being written`);
}
