import { CortexError } from '../kernel/errors.ts';
import { relationSql } from '../sql/identifier.ts';
import { literal } from '../sql/literal.ts';
import { DatabaseError } from './database-error.ts';
import type { Database } from './database.ts';
import { databaseOfOtherClient } from './messages.ts';

const NO_SUCH_TABLE = 1146;

/** The client that a database belongs to; `undefined` where none has written to it yet. */
async function clientOfDatabase(database: Database): Promise<string | undefined> {
  try {
    const rows = await database.control.query(`select code from ${tableOf(database)}`);
    return rows[0] === undefined ? undefined : String(rows[0]['code']);
  } catch (error) {
    if (error instanceof DatabaseError && error.errno === NO_SUCH_TABLE) return undefined;
    throw error;
  }
}

/** Throws CX1154 when a database belongs to another client than `code`, which is empty without a client. */
export async function checkClientMark(database: Database, code: string): Promise<void> {
  const owner = await clientOfDatabase(database);
  if (owner === undefined || owner === code) return;
  throw new CortexError([databaseOfOtherClient(database, owner, code)]);
}

/**
 * Leaves the client's code in its database. Of two clients that come at once, whatever names they know the server
 * by, the second finds the first one's code and is refused: the table takes one row only.
 */
export async function claimForClient(database: Database, code: string): Promise<void> {
  if ((await clientOfDatabase(database)) === undefined) {
    const table = tableOf(database);
    await database.control.execute(
      `create table if not exists ${table} (slot tinyint not null primary key, code varchar(40) not null) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`,
    );
    await database.control.execute(
      `insert ignore into ${table} (slot, code) values (1, ${literal(code)})`,
    );
  }
  await checkClientMark(database, code);
}

function tableOf({ database }: Database): string {
  return relationSql({ database, name: '__cortex_client' });
}
