import type { SourceNode } from '../../manifest/node.ts';
import { relationKey } from '../../manifest/relation.ts';
import { literal } from '../../sql/literal.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import type { Database } from '../../warehouse/database.ts';
import type { ProjectSession } from '../session.ts';
import type { StreamOfTable } from '../sync/stream-tables.ts';

const STATE_TABLE = '__cortex_sync_streams';

/** Says for sources that are raw tables when they were synced; read where a source needs it. */
export class SyncedAt {
  readonly #session: ProjectSession;
  readonly #database: Database;
  #known: Promise<{ tables: ReadonlyMap<string, StreamOfTable>; hasState: boolean }> | undefined;

  constructor(session: ProjectSession, database: Database) {
    this.#session = session;
    this.#database = database;
  }

  /**
   * An expression for the begin of the newest complete sync: of the account that is furthest behind, and NULL while
   * one was never synced. `undefined` for a source that no stream fills.
   */
  async expression(source: SourceNode): Promise<string | undefined> {
    this.#known ??= this.#read();
    const { tables, hasState } = await this.#known;
    const filledBy = tables.get(relationKey(source.relation));
    if (filledBy === undefined || filledBy.accounts.length === 0) return undefined;
    if (!hasState) return 'null';
    const { connector, stateOf, accounts } = filledBy;
    return (
      `select if(count(synced_at) = ${accounts.length}, min(synced_at), null) from ${STATE_TABLE} ` +
      `where platform = ${literal(connector)} and stream = ${literal(stateOf)} ` +
      `and account_id in (${accounts.map(literal).join(', ')})`
    );
  }

  async #read() {
    const { streamTables } = await import('../sync/stream-tables.ts');
    const { database, control } = this.#database;
    const [tables, catalog] = await Promise.all([
      streamTables(this.#session),
      readCatalog(control, [database], [STATE_TABLE]),
    ]);
    return { tables, hasState: catalog.size > 0 };
  }
}
