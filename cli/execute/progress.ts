import type { EmitEvent } from '../events/run-event.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { Relation } from '../manifest/relation.ts';
import { literal } from '../sql/literal.ts';
import type { Database } from '../warehouse/database.ts';

const EVERY_MS = 1000;

/**
 * Tells how many rows are in the table that a step fills, once a second and only for steps that take
 * longer than that. The server's estimate is read on the control connection.
 */
export class Progress {
  readonly #database: Database;
  readonly #emit: EmitEvent;
  readonly #node: NodeId;
  readonly #expectedRows: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    database: Database,
    emit: EmitEvent,
    node: { readonly id: NodeId; readonly expectedRows: number | undefined },
  ) {
    this.#database = database;
    this.#emit = emit;
    this.#node = node.id;
    this.#expectedRows = node.expectedRows;
  }

  watch(relation: Relation): void {
    this.stop();
    let isAsking = false;
    this.#timer = setInterval(() => {
      if (isAsking) return;
      isAsking = true;
      void this.#ask(relation).finally(() => (isAsking = false));
    }, EVERY_MS);
    this.#timer.unref();
  }

  rows(rows: number): void {
    this.#emit({
      type: 'nodeProgress',
      node: this.#node,
      detail: 'filling',
      rows,
      ...(this.#expectedRows === undefined ? {} : { expectedRows: this.#expectedRows }),
    });
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #ask(relation: Relation): Promise<void> {
    const timer = this.#timer;
    const [row] = await this.#database.control
      .query(
        `select table_rows as filled from information_schema.tables where table_schema = ${literal(relation.database)} and table_name = ${literal(relation.name)}`,
      )
      .catch(() => []);
    const filled = Number(row?.['filled'] ?? 0);
    if (filled > 0 && timer === this.#timer) this.rows(filled);
  }
}
