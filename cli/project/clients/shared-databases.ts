import { lookup } from 'node:dns/promises';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import type { TargetConfig } from '../../manifest/target.ts';
import { interpolate } from '../interpolate.ts';
import { loadConfig } from '../load-project.ts';
import { selectTarget } from '../select-target.ts';
import { plainValue, valueOf } from '../yaml.ts';
import { clientCodes } from './client-files.ts';
import { clientsShareDatabase } from './messages.ts';

interface ClaimOptions {
  /** Of the project, absolute. */
  readonly directory: string;
  readonly targetName?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The databases that a client writes to, as its configuration names them, in lower case. */
interface ClientClaim {
  readonly code: string;
  /** `db.internal:3306`, the path of a socket, or `the private server`. */
  readonly address: string;
  readonly databases: readonly string[];
}

/**
 * What every client of a project claims. Names of hosts are looked up, so that two names of one server count as
 * one. A client that cannot be read claims nothing: it cannot run either.
 */
export async function clientClaims(options: ClaimOptions): Promise<readonly ClientClaim[]> {
  const claims = clientCodes(options.directory).map(async (code) => claimOf(code, options));
  return (await Promise.all(claims)).flat();
}

async function claimOf(code: string, options: ClaimOptions): Promise<readonly ClientClaim[]> {
  const { directory, targetName } = options;
  const diagnostics: Diagnostic[] = [];
  const loaded = loadConfig(directory, { ...options, clientCode: code }, diagnostics);
  if (loaded === undefined) return [];
  const { root, environment } = loaded;
  const target = selectTarget(root, { targetName, environment, directory }, diagnostics);
  if (target === undefined) return [];
  const connectors = valueOf(root.yaml, 'connectors');
  const filled =
    connectors === undefined ? undefined : interpolate(connectors, environment, root.path).value;
  const raw = filled === undefined ? [] : rawDatabases(plainValue(filled));
  const databases = [target.database, ...raw].map((name) => name.toLowerCase());
  return [{ code, address: await addressOf(target), databases: [...new Set(databases)] }];
}

/** `raw_database` of platforms and `database` of file streams, at any depth: no other key has these names. */
function rawDatabases(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && (key === 'raw_database' || key === 'database')
      ? [inner]
      : rawDatabases(inner),
  );
}

async function addressOf(target: TargetConfig): Promise<string> {
  if (target.type === 'local') return 'the private server';
  if (target.socket !== undefined) return target.socket;
  return `${await numericHost(target.host)}:${target.port}`;
}

async function numericHost(host: string): Promise<string> {
  const name = host.toLowerCase();
  if (name === 'localhost' || name === '::1') return '127.0.0.1';
  try {
    return (await lookup(name, { family: 4 })).address;
  } catch {
    return name;
  }
}

/** Clients that would write to one database, as errors; only those of `code` where one is given. */
export function sharedDatabases(
  claims: readonly ClientClaim[],
  code?: string,
): readonly Diagnostic[] {
  return claims.flatMap((claim, index) =>
    claims.slice(index + 1).flatMap((other) => {
      const isMeant = code === undefined || claim.code === code || other.code === code;
      const database = claim.databases.find((name) => other.databases.includes(name));
      if (!isMeant || claim.address !== other.address || database === undefined) return [];
      const { address } = claim;
      return [clientsShareDatabase({ code: other.code, other: claim.code, database, address })];
    }),
  );
}
