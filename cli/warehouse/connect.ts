import type { Connection as DriverConnection, RowDataPacket } from 'mysql2/promise';
import type { Capabilities } from '../manifest/capabilities.ts';
import type { ServerTarget } from '../manifest/target.ts';
import { identifier } from '../sql/identifier.ts';
import type { ConnectionOwner } from './connection.ts';
import { MysqlConnection } from './connection.ts';
import { DatabaseError } from './database-error.ts';
import type { Connection, Database, SessionOptions } from './database.ts';
import { toDatabaseError } from './driver-error.ts';
import { KillSwitch } from './kill-switch.ts';
import { connectFailed, databaseRefused, serverUnsupported } from './messages.ts';
import { openDriver, prepareSession } from './open-session.ts';
import { probeCapabilities } from './probe.ts';
import type { ServerVersion } from './server-version.ts';
import { isSupported, readServerVersion } from './server-version.ts';
import { targetAddress } from './target-address.ts';

export interface ConnectOptions {
  /** Identifies the run in comments, locks and the process list. */
  readonly runId: string;
}

const UNKNOWN_DATABASE = 1049;

/**
 * Connects to a target: reserves the control connection, makes the database when it is missing,
 * recognises the server and asks what it can do. Throws CortexError that says what to mend.
 */
export async function connectTarget(
  target: ServerTarget,
  options: ConnectOptions,
): Promise<Database> {
  const driver = await openInDatabase(target, options.runId).catch((error: unknown) => {
    throw error instanceof DatabaseError ? connectFailed(target, error) : error;
  });
  const reserving = KillSwitch.reserve(async () => openDriver(target, options.runId));
  reserving.catch(() => undefined);
  try {
    const server = await recognise(driver, target);
    await prepareSession(driver, target, server.family);
    const owner = ownerOf(target, options.runId, reserving);
    const control = new MysqlConnection(driver, owner);
    const [capabilities, killSwitch] = await Promise.all([
      probeCapabilities(control, server),
      reserving,
    ]);
    return new MysqlDatabase(target, { owner, control, capabilities, killSwitch });
  } catch (error) {
    driver.destroy();
    await reserving.then(
      async (killSwitch) => killSwitch.close(),
      () => undefined,
    );
    throw error instanceof DatabaseError ? connectFailed(target, error) : error;
  }
}

async function recognise(driver: DriverConnection, target: ServerTarget): Promise<ServerVersion> {
  const [rows] = await driver
    .query<RowDataPacket[]>('SELECT VERSION() AS version')
    .catch((error: unknown) => {
      throw toDatabaseError(error, '', target.password);
    });
  const server = readServerVersion(String(rows[0]?.['version']));
  if (!isSupported(server)) throw serverUnsupported(target, server);
  return server;
}

function ownerOf(
  target: ServerTarget,
  runId: string,
  reserving: Promise<KillSwitch>,
): ConnectionOwner {
  return {
    runId,
    password: target.password,
    readTimeoutMs: target.readTimeoutMs,
    kill: async (threadId) => (await reserving).kill(threadId),
  };
}

async function openInDatabase(target: ServerTarget, runId: string): Promise<DriverConnection> {
  try {
    return await openDriver(target, runId);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.errno !== UNKNOWN_DATABASE) throw error;
    await createDatabase(target, runId);
    return openDriver(target, runId);
  }
}

async function createDatabase(target: ServerTarget, runId: string): Promise<void> {
  const driver = await openDriver({ ...target, database: '' }, runId);
  const charset = target.session.charset ?? 'utf8mb4';
  const collation = target.session.collation ?? 'utf8mb4_unicode_ci';
  try {
    await driver.query(
      `CREATE DATABASE IF NOT EXISTS ${identifier(target.database)} CHARACTER SET ${charset} COLLATE ${collation}`,
    );
  } catch (cause) {
    throw databaseRefused(target, cause);
  } finally {
    await driver.end();
  }
}

interface DatabaseParts {
  readonly owner: ConnectionOwner;
  readonly control: Connection;
  readonly capabilities: Capabilities;
  readonly killSwitch: KillSwitch;
}

class MysqlDatabase implements Database {
  readonly capabilities: Capabilities;
  readonly database: string;
  readonly address: string;
  readonly runId: string;
  readonly control: Connection;
  readonly #target: ServerTarget;
  readonly #owner: ConnectionOwner;
  readonly #killSwitch: KillSwitch;
  readonly #open = new Set<Connection>();

  constructor(target: ServerTarget, parts: DatabaseParts) {
    this.#target = target;
    this.#owner = parts.owner;
    this.#killSwitch = parts.killSwitch;
    this.capabilities = parts.capabilities;
    this.control = parts.control;
    this.database = target.database;
    this.address = targetAddress(target);
    this.runId = parts.owner.runId;
  }

  async connect(options: SessionOptions = {}): Promise<Connection> {
    const driver = await this.#openPrepared(options).catch((error: unknown) => {
      throw error instanceof DatabaseError ? connectFailed(this.#target, error) : error;
    });
    const connection = new MysqlConnection(driver, this.#owner);
    this.#open.add(connection);
    driver.on('end', () => this.#open.delete(connection));
    return connection;
  }

  async #openPrepared(options: SessionOptions): Promise<DriverConnection> {
    const driver = await openDriver(this.#target, this.runId, options);
    try {
      await prepareSession(driver, this.#target, this.capabilities.family);
      return driver;
    } catch (error) {
      driver.destroy();
      throw error;
    }
  }

  async kill(threadId: number): Promise<void> {
    await this.#killSwitch.kill(threadId);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open, this.control].map(async (session) => session.close()));
    await this.#killSwitch.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
