import type { DatabaseErrorKind } from './database-error.ts';
import { DatabaseError } from './database-error.ts';
import { withoutValues } from './without-values.ts';

const KIND_BY_NUMBER: Readonly<Record<number, DatabaseErrorKind>> = {
  1213: 'deadlock',
  3058: 'deadlock',
  1205: 'lock_timeout',
  3572: 'lock_timeout',
  // MariaDB from 11.6, under REPEATABLE READ.
  1020: 'table_changed',
  1412: 'table_changed',
  1615: 'table_changed',
  1153: 'packet_too_large',
  1044: 'access_denied',
  1045: 'access_denied',
  1142: 'access_denied',
  1143: 'access_denied',
  1227: 'access_denied',
  1370: 'access_denied',
  1698: 'access_denied',
  1317: 'cancelled',
  1969: 'cancelled',
  3024: 'cancelled',
  1040: 'connect_failed',
  1053: 'connection_lost',
  1158: 'connection_lost',
  1159: 'connection_lost',
  1160: 'connection_lost',
  1161: 'connection_lost',
  1927: 'connection_lost',
  2006: 'connection_lost',
  2013: 'connection_lost',
  4031: 'connection_lost',
};

const LOST_SYMBOLS = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'PROTOCOL_UNEXPECTED_PACKET',
  'ECONNRESET',
  'EPIPE',
]);

const UNREACHED_SYMBOLS = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
  'HANDSHAKE_SSL_ERROR',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'HANDSHAKE_UNKNOWN_ERROR',
  'AUTH_SWITCH_PLUGIN_ERROR',
]);

/** What the driver's errors carry beside their message. */
interface DriverFields {
  readonly errno?: unknown;
  readonly code?: unknown;
  readonly sqlState?: unknown;
  readonly sqlMessage?: unknown;
  readonly fatal?: unknown;
}

/**
 * The driver's error in Cortex's words. Only the fields that are needed are copied, and the password and values of
 * rows are cut out of the message, so that no secret and nobody's data reach a log through a cause.
 */
export function toDatabaseError(error: unknown, sql: string, password: string): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const fields = (error instanceof Error ? error : {}) as DriverFields;
  const errno = typeof fields.errno === 'number' && fields.errno > 0 ? fields.errno : 0;
  const symbol = typeof fields.code === 'string' ? fields.code : '';
  const words = error instanceof Error ? error.message : String(error);
  const message = typeof fields.sqlMessage === 'string' ? fields.sqlMessage : words;
  const told = withoutValues(message === '' ? symbol : message, errno);
  return new DatabaseError(redacted(told, password), {
    kind: kindOf(errno, symbol, fields.fatal === true),
    errno: UNREACHED_SYMBOLS.has(symbol) ? 0 : errno,
    sqlState: typeof fields.sqlState === 'string' ? fields.sqlState.replace(/^#/, '') : '',
    symbol,
    sql: redacted(sql, password),
  });
}

/** Cuts a secret out of a text. */
export function redacted(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, '***');
}

function kindOf(errno: number, symbol: string, isFatal: boolean): DatabaseErrorKind {
  if (LOST_SYMBOLS.has(symbol)) return 'connection_lost';
  if (UNREACHED_SYMBOLS.has(symbol)) return 'connect_failed';
  if (isFatal && symbol === '') return 'connection_lost';
  return KIND_BY_NUMBER[errno] ?? 'statement';
}
