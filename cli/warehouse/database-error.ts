/** Why the database refused, in classes that decide about retries. */
export type DatabaseErrorKind =
  | 'deadlock'
  | 'lock_timeout'
  | 'connection_lost'
  | 'connect_failed'
  | 'access_denied'
  | 'table_changed'
  | 'packet_too_large'
  | 'cancelled'
  | 'statement';

/** An error of the server or of the way to it, with what is needed to point at a template line. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: DatabaseErrorKind;
  /** The server's number, 0 when the error is the network's. */
  readonly errno: number;
  readonly sqlState: string;
  /** The server's or system's symbolic name: `ER_BAD_FIELD_ERROR`, `ECONNREFUSED`. */
  readonly symbol: string;
  /** The statement that was sent, as it was sent (comment included). */
  readonly sql: string;

  constructor(
    message: string,
    details: {
      kind: DatabaseErrorKind;
      errno: number;
      sqlState: string;
      symbol: string;
      sql: string;
      cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.kind = details.kind;
    this.errno = details.errno;
    this.sqlState = details.sqlState;
    this.symbol = details.symbol;
    this.sql = details.sql;
  }
}
