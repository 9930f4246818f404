import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
} from 'kysely';
import { MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler } from 'kysely';
import { stringLiteral, literal } from '../sql/literal.ts';
import type { Connection } from './database.ts';

/**
 * Lets kysely speak through one session of Cortex. Values are written into the statement as literals, so
 * that it is sent like every other one: with the run's comment, cancellable, in the text protocol.
 */
export class ConnectionDialect implements Dialect {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  createDriver(): Driver {
    return new ConnectionDriver(this.#connection);
  }

  createQueryCompiler(): QueryCompiler {
    return new LiteralQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new MysqlAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new MysqlIntrospector(db);
  }
}

/** Writes every value as a literal in place of a `?`. */
class LiteralQueryCompiler extends MysqlQueryCompiler {
  protected override appendValue(parameter: unknown): void {
    this.append(valueSql(parameter));
  }
}

function valueSql(value: unknown): string {
  if (value === undefined || value === null) return literal(null);
  if (typeof value === 'number' || typeof value === 'bigint') return literal(value);
  if (typeof value === 'boolean' || typeof value === 'string') return literal(value);
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return stringLiteral(JSON.stringify(value));
}

class ConnectionDriver implements Driver {
  readonly #session: DatabaseConnection;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#session = {
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
        if (givesRows(query.sql)) {
          return { rows: (await connection.query(query.sql)) as unknown as R[] };
        }
        const { affectedRows } = await connection.execute(query.sql);
        return { rows: [], numAffectedRows: BigInt(affectedRows) };
      },
      streamQuery: async function* <R>(query: CompiledQuery) {
        for await (const row of connection.stream(query.sql)) yield { rows: [row as R] };
      },
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#session;
  }

  async beginTransaction(): Promise<void> {
    await this.#connection.execute('START TRANSACTION');
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.execute('COMMIT');
  }

  async rollbackTransaction(): Promise<void> {
    await this.#connection.execute('ROLLBACK');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

function givesRows(sql: string): boolean {
  return /^\s*(?:\(|select|with|show|explain|describe)/i.test(sql);
}
