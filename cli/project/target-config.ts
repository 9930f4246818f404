import { resolve } from 'node:path';
import { z } from 'zod';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import type {
  LocalTarget,
  ServerTarget,
  SessionSettings,
  SslSettings,
  TargetConfig,
} from '../manifest/target.ts';
import { addressOfLocalTarget, incompleteTarget, targetDatabaseTooLong } from './messages.ts';

const text = z.union([z.string(), z.number().transform(String)]);
const count = z.int().nonnegative();

/** One entry of `targets:`. Times are seconds. */
export const targetSchema = z.strictObject({
  type: z
    .enum(['local', 'mysql'])
    .optional()
    .describe('`local`: a private server that Cortex starts; `mysql`: any server'),
  host: z.string().optional(),
  port: z.int().min(1).max(65_535).optional(),
  socket: z.string().optional(),
  user: text.optional(),
  password: z.union([text, z.null()]).optional(),
  database: text.optional().describe('The database that models are built in'),
  schema: text.optional().describe('The same as `database`'),
  threads: z.int().min(1).max(256).optional(),
  connect_timeout: count.optional().describe('Seconds'),
  read_timeout: count
    .optional()
    .describe('Seconds that a statement may be silent; 0 waits for ever'),
  ssl: z
    .union([
      z.boolean(),
      z.strictObject({
        ca: z.string().optional(),
        cert: z.string().optional(),
        key: z.string().optional(),
        verify: z.boolean().optional(),
      }),
    ])
    .optional(),
  session: z
    .strictObject({
      sql_mode: z.string().optional(),
      time_zone: z.string().optional(),
      charset: z.string().optional(),
      collation: z.string().optional(),
      isolation: z
        .enum(['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE', 'READ UNCOMMITTED'])
        .optional(),
    })
    .optional(),
});

export type TargetEntry = z.output<typeof targetSchema>;

export interface TargetPlace {
  readonly name: string;
  readonly projectName: string;
  /** Absolute: what paths of certificates and sockets are relative to. */
  readonly projectDirectory: string;
  readonly defaultThreads: number | undefined;
  readonly span: Span;
}

const DEFAULT_THREADS = 4;
const CONNECT_SECONDS = 10;
const ADDRESS_KEYS = ['host', 'port', 'socket', 'user', 'password', 'ssl'] as const;

/** Gives a target its defaults and says what it lacks. */
export function targetOf(
  entry: TargetEntry,
  place: TargetPlace,
  diagnostics: Diagnostic[],
): TargetConfig | undefined {
  const type =
    entry.type ?? (entry.host === undefined && entry.socket === undefined ? 'local' : 'mysql');
  const database = entry.database ?? entry.schema ?? (type === 'local' ? place.projectName : '');
  if (Array.from(database).length > 64)
    diagnostics.push(targetDatabaseTooLong(place.name, database, place.span));
  const shared = {
    name: place.name,
    database,
    threads: entry.threads ?? place.defaultThreads ?? DEFAULT_THREADS,
    session: sessionOf(entry.session ?? {}),
    connectTimeoutMs: (entry.connect_timeout ?? CONNECT_SECONDS) * 1000,
    readTimeoutMs: (entry.read_timeout ?? 0) * 1000,
  };
  return type === 'local'
    ? localTarget(entry, shared, place, diagnostics)
    : serverTarget(entry, shared, place, diagnostics);
}

type SharedParts = Omit<LocalTarget, 'type'>;

function localTarget(
  entry: TargetEntry,
  shared: SharedParts,
  place: TargetPlace,
  diagnostics: Diagnostic[],
): LocalTarget | undefined {
  const extra = ADDRESS_KEYS.find((key) => entry[key] !== undefined);
  if (extra === undefined) return { ...shared, type: 'local' };
  diagnostics.push(addressOfLocalTarget(place.name, extra, place.span));
  return undefined;
}

function serverTarget(
  entry: TargetEntry,
  shared: SharedParts,
  place: TargetPlace,
  diagnostics: Diagnostic[],
): ServerTarget | undefined {
  const missing = missingKeys(entry);
  if (missing.length > 0) {
    diagnostics.push(incompleteTarget(place.name, missing, place.span));
    return undefined;
  }
  const directory = place.projectDirectory;
  const ssl = sslOf(entry.ssl, directory);
  return {
    ...shared,
    type: 'mysql',
    host: entry.host ?? 'localhost',
    port: entry.port ?? 3306,
    ...(entry.socket === undefined ? {} : { socket: resolve(directory, entry.socket) }),
    user: entry.user ?? '',
    password: entry.password ?? '',
    ...(ssl === undefined ? {} : { ssl }),
  };
}

function missingKeys(entry: TargetEntry): readonly string[] {
  return [
    ...(entry.host === undefined && entry.socket === undefined ? ['host'] : []),
    ...(entry.user === undefined || entry.user === '' ? ['user'] : []),
    ...((entry.database ?? entry.schema ?? '') === '' ? ['database'] : []),
  ];
}

function sessionOf(session: NonNullable<TargetEntry['session']>): SessionSettings {
  return {
    ...(session.sql_mode === undefined ? {} : { sqlMode: session.sql_mode }),
    ...(session.time_zone === undefined ? {} : { timeZone: session.time_zone }),
    ...(session.charset === undefined ? {} : { charset: session.charset }),
    ...(session.collation === undefined ? {} : { collation: session.collation }),
    ...(session.isolation === undefined ? {} : { isolation: session.isolation }),
  };
}

function sslOf(ssl: TargetEntry['ssl'], directory: string): SslSettings | undefined {
  if (ssl === undefined || ssl === false) return undefined;
  if (ssl === true) return { verify: true };
  return {
    ...(ssl.ca === undefined ? {} : { ca: resolve(directory, ssl.ca) }),
    ...(ssl.cert === undefined ? {} : { cert: resolve(directory, ssl.cert) }),
    ...(ssl.key === undefined ? {} : { key: resolve(directory, ssl.key) }),
    verify: ssl.verify ?? true,
  };
}
