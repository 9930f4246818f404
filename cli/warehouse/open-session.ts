import type { Connection as DriverConnection, ConnectionOptions } from 'mysql2/promise';
import type { ServerFamily } from '../manifest/capabilities.ts';
import type { ServerTarget } from '../manifest/target.ts';
import type { SessionOptions } from './database.ts';
import { toDatabaseError } from './driver-error.ts';
import { isolationStatement, sessionAssignments } from './session.ts';
import { tlsOptions } from './tls-options.ts';

const UNKNOWN_VARIABLE = new Set([1193, 1238, 8108]);

/** Opens the driver's connection without any of Cortex's session settings. Throws DatabaseError. */
export async function openDriver(
  target: ServerTarget,
  runId: string,
  session: SessionOptions = {},
): Promise<DriverConnection> {
  const { createConnection } = await import('./driver.ts');
  const options = driverOptions(target, runId, session);
  try {
    return await createConnection(options);
  } catch (error) {
    throw toDatabaseError(error, '', target.password);
  }
}

/** Gives a new session Cortex's settings. A variable that the server does not have is left out. */
export async function prepareSession(
  driver: DriverConnection,
  target: ServerTarget,
  family: ServerFamily,
): Promise<void> {
  const assignments = sessionAssignments(family, target.session);
  try {
    await driver.query(isolationStatement(target.session));
    await driver.query(`SET ${assignments.join(', ')}`).catch(async (error: unknown) => {
      if (!isUnknownVariable(error)) throw error;
      await assignOneByOne(driver, assignments);
    });
  } catch (error) {
    throw toDatabaseError(error, `SET ${assignments.join(', ')}`, target.password);
  }
}

async function assignOneByOne(
  driver: DriverConnection,
  assignments: readonly string[],
): Promise<void> {
  for (const assignment of assignments) {
    await driver.query(`SET ${assignment}`).catch((error: unknown) => {
      if (!isUnknownVariable(error)) throw error;
    });
  }
}

function isUnknownVariable(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && UNKNOWN_VARIABLE.has(Number(error.errno));
}

function driverOptions(
  target: ServerTarget,
  runId: string,
  { severalStatements = false }: SessionOptions,
): ConnectionOptions {
  return {
    ...(target.socket === undefined
      ? { host: target.host, port: target.port }
      : { socketPath: target.socket }),
    user: target.user,
    password: target.password,
    database: target.database,
    ...tlsOptions(target),
    connectTimeout: target.connectTimeoutMs,
    flags: ['-IGNORE_SPACE', '-FOUND_ROWS'],
    charset: 'utf8mb4_unicode_ci',
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    multipleStatements: severalStatements,
    // Statements come whole: the driver has no placeholder to look for, and no stack to keep for its errors.
    queryFormat: (sql) => sql,
    trace: false,
    enableKeepAlive: true,
    connectAttributes: { program_name: 'cortex', cortex_run: runId },
  };
}
