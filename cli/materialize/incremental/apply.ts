import type { IncrementalStrategy } from '../../manifest/node-config.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { BuildInput, StatementRunner } from '../materialization.ts';
import { append } from './append.ts';
import type { Batch } from './batch.ts';
import { deleteInsert } from './delete-insert.ts';
import { merge } from './merge.ts';

/** A way to bring a batch into a table that has rows. Answers with the rows inserted or changed. */
export interface IncrementalApplication {
  (input: BuildInput, batch: Batch, target: Relation, runner: StatementRunner): Promise<number>;
}

/** Every incremental strategy. Adding one is a file and a line here. */
export const STRATEGIES: Readonly<Record<IncrementalStrategy, IncrementalApplication>> = {
  append,
  'delete+insert': deleteInsert,
  merge,
};
