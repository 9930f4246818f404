import type { CortexError } from '../kernel/errors.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { cortexError } from '../kernel/errors.ts';
import { formatDuration } from '../kernel/format.ts';
import type { ServerTarget } from '../manifest/target.ts';
import type { DatabaseError } from './database-error.ts';
import type { Database } from './database.ts';
import { redacted } from './driver-error.ts';
import type { LockHolder } from './run-lock.ts';
import type { ServerVersion } from './server-version.ts';
import type { PipelineRun } from './state/pipeline-state.ts';
import type { StreamKey, StreamRun } from './state/sync-key.ts';
import type { StreamHolder } from './sync-session.ts';
import { statementProblem } from './statement-problem.ts';
import { supportedServers } from './server-version.ts';
import { serverAddress } from './target-address.ts';

const DEBUG_HINT = '`cortex debug` looks for the reason step by step';

/** Says why no session could be opened, and what to do. */
export function connectFailed(target: ServerTarget, error: DatabaseError): CortexError {
  const details = { cause: error, notes: [serverWords(error)] };
  switch (error.errno) {
    case 1045:
    case 1698:
      return accessDenied(target, error);
    case 1044:
    case 1049:
      return databaseRefused(target, error);
    case 1040:
    case 1203:
    case 1226:
      return cortexError('CX5008', `${where(target)} has no connection left`, {
        ...details,
        retryable: true,
        hint: `lower \`threads\` of the target \`${target.name}\` (now ${target.threads}) or close other clients`,
      });
    case 1251:
    case 1524:
      return authPlugin(target, error);
    case 3159:
      return cortexError('CX5005', `${where(target)} only takes encrypted connections`, {
        ...details,
        hint: `add \`ssl: true\` to the target \`${target.name}\``,
      });
    default:
      return unreachable(target, error);
  }
}

function unreachable(target: ServerTarget, error: DatabaseError): CortexError {
  if (/authentication.*plugin|auth.*plugin/i.test(error.message)) return authPlugin(target, error);
  if (isTlsError(error)) return tlsFailed(target, error);
  const details = { cause: error, notes: [serverWords(error)], retryable: true };
  switch (error.symbol) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return cortexError('CX5001', `the host \`${target.host}\` of the target has no address`, {
        ...details,
        hint: `check the spelling of \`host\` in the target \`${target.name}\`, and the network`,
      });
    case 'ECONNREFUSED':
      return cortexError('CX5001', `nothing listens on \`${serverAddress(target)}\``, {
        ...details,
        hint: 'start the server, or correct `host` and `port` of the target',
      });
    case 'ENOENT':
      return cortexError('CX5001', `there is no socket at \`${serverAddress(target)}\``, {
        ...details,
        hint: 'start the server, or correct `socket` of the target',
      });
    case 'ETIMEDOUT':
      return cortexError(
        'CX5001',
        `${where(target)} did not answer within ${target.connectTimeoutMs / 1000} seconds`,
        {
          ...details,
          hint: 'a firewall may drop the packets: check host, port and the allowed networks',
        },
      );
    default:
      return cortexError('CX5001', `${where(target)} could not be reached`, {
        ...details,
        hint: DEBUG_HINT,
      });
  }
}

function accessDenied(target: ServerTarget, error: DatabaseError): CortexError {
  const hint =
    target.password === ''
      ? `the target \`${target.name}\` has no password: set \`password: \${VARIABLE}\``
      : 'check user and password, and from which host the user may connect';
  return cortexError('CX5002', `${where(target)} refused the user \`${target.user}\``, {
    cause: error,
    notes: [serverWords(error)],
    hint:
      target.ssl === undefined ? `${hint}; an account that requires TLS needs \`ssl: true\`` : hint,
  });
}

/** The database is missing, or the user may not enter it. */
export function databaseRefused(target: ServerTarget, cause: unknown): CortexError {
  const words = cause instanceof Error ? redacted(cause.message, target.password) : '';
  return cortexError(
    'CX5003',
    `\`${target.user}\` can neither use nor make the database \`${target.database}\``,
    {
      notes: words === '' ? [] : [`server: ${words}`],
      hint: `as an administrator: CREATE DATABASE \`${target.database}\`; GRANT ALL ON \`${target.database}\`.* TO ${target.user}`,
    },
  );
}

export function serverUnsupported(target: ServerTarget, server: ServerVersion): CortexError {
  return cortexError('CX5004', `${where(target)} is ${server.label}, which is too old`, {
    hint: `Cortex works with ${supportedServers()} and newer`,
  });
}

export function tlsFileUnreadable(path: string, cause: unknown): CortexError {
  return cortexError('CX5006', `the file \`${path}\` of \`ssl\` cannot be read`, {
    cause,
    hint: 'paths of certificates are relative to the project directory',
  });
}

function tlsFailed(target: ServerTarget, error: DatabaseError): CortexError {
  const [message, hint] = tlsReason(target, error);
  return cortexError('CX5005', message, { cause: error, notes: [serverWords(error)], hint });
}

function tlsReason(target: ServerTarget, error: DatabaseError): readonly [string, string] {
  const unchecked = 'set `ssl.verify: false` in a network you trust';
  if (error.symbol === 'HANDSHAKE_NO_SSL_SUPPORT') {
    return [
      `${where(target)} has no TLS, which the target demands`,
      `remove \`ssl\` from the target \`${target.name}\`, or turn TLS on in the server`,
    ];
  }
  return /altname/i.test(error.message)
    ? [
        `the certificate of ${where(target)} is for other hosts`,
        `connect by a host that it names, or ${unchecked}`,
      ]
    : [
        `the certificate of ${where(target)} is not trusted`,
        `name the file of its authority with \`ssl.ca\`, or ${unchecked}`,
      ];
}

function authPlugin(target: ServerTarget, error: DatabaseError): CortexError {
  return cortexError('CX5007', `\`${target.user}\` logs in by a plugin that Cortex does not have`, {
    cause: error,
    notes: [serverWords(error)],
    hint: `give the account a password: ALTER USER '${target.user}' IDENTIFIED BY '…'`,
  });
}

/** `server: 1045 (28000) Access denied for user …`: the reason in the words of whoever refused. */
export function serverWords(error: DatabaseError): string {
  const number = error.errno > 0 ? `${error.errno} (${error.sqlState}) ` : '';
  const symbol = error.errno > 0 || error.symbol === '' ? '' : `${error.symbol} `;
  return `${error.errno > 0 ? 'server' : 'network'}: ${number}${symbol}${error.message.replaceAll(/\s*\n\s*/g, ' ')}`;
}

function isTlsError(error: DatabaseError): boolean {
  return (
    error.symbol.startsWith('HANDSHAKE_') ||
    /CERT|TLS|SSL|SIGNATURE|ISSUER/.test(error.symbol) ||
    /certificate|self.signed|altname/i.test(error.message)
  );
}

function where(target: ServerTarget): string {
  return `the server at \`${serverAddress(target)}\``;
}

/** Another run holds the run lock: says which, whose and since when. */
export function runLocked(database: Database, holder: LockHolder, now: number): CortexError {
  const { run } = holder;
  const who =
    run === undefined
      ? `connection ${holder.threadId} of the server`
      : `\`${run.command}\` of ${run.user} on ${run.host} (process ${run.pid})`;
  const since =
    run === undefined
      ? []
      : [`since ${run.startedAt.slice(0, 19)} UTC, ${age(run.startedAt, now)} ago`];
  return cortexError('CX5030', `${who} already works on \`${database.database}\``, {
    notes: [...since, `run lock: connection ${holder.threadId} of ${database.address}`],
    hint: 'wait until it has ended, or pass `--wait`',
    retryable: true,
  });
}

function age(startedAt: string, now: number): string {
  const started = Date.parse(`${startedAt.replace(' ', 'T')}Z`);
  return formatDuration(Math.max(0, now - started)).trim();
}

/** Another version of the definitions wrote the state of a stream. */
export function otherStateVersion(key: StreamKey, found: number, version: number): CortexError {
  return cortexError(
    'CX7101',
    `${streamWords(key)} was read by version ${found} of its definition, and this is version ${version}`,
    {
      hint: 'read it from its start with `--full-refresh`, or go back to the release that read it',
      notes: ['nothing was read or changed'],
    },
  );
}

/** The tables that say what was read cannot be made or written: without them nothing is read. */
export function stateRefused(
  { database }: Database,
  error: DatabaseError,
  account?: { readonly platform: string; readonly accountId: string },
): CortexError {
  const { message, hint } = statementProblem(error);
  const whose =
    account === undefined ? 'syncs' : `\`${account.platform}\` of account \`${account.accountId}\``;
  return cortexError(
    'CX7104',
    `the state of ${whose} in \`${database}\` cannot be written: ${message}`,
    {
      cause: error,
      notes: [serverWords(error), 'nothing was read'],
      hint: hint ?? 'let the target’s user create and write tables of this database',
    },
  );
}

/** Another run of the same kind reads a stream: says which, whose and since when. */
export function streamLocked(run: StreamRun, holder: StreamHolder, now: number): CortexError {
  const lease = holder.run;
  const who =
    lease === undefined
      ? `connection ${holder.threadId} of the server`
      : `\`${lease.command}\` of ${lease.user} on ${lease.host} (process ${lease.pid})`;
  const since =
    lease === undefined
      ? []
      : [
          `since ${lease.startedAt}, ${formatDuration(Math.max(0, now - Date.parse(lease.startedAt))).trim()} ago`,
        ];
  return cortexError('CX7102', `${who} already reads ${streamWords(run)}`, {
    notes: [...since, `lock: connection ${holder.threadId}`],
    hint: 'wait until it has ended, or pass `--wait`',
    retryable: true,
  });
}

function streamWords({ platform, accountId, stream }: StreamKey): string {
  return `\`${platform}.${stream}\` of account \`${accountId}\``;
}

export function databaseOfOtherClient(database: Database, owner: string, code: string): Diagnostic {
  const who = code === '' ? 'a run without `--client`' : `the client \`${code}\``;
  return diagnostic(
    'CX1154',
    `the database \`${database.database}\` on ${database.address} belongs to the client \`${owner}\`, not to ${who}`,
    {
      hint:
        code === ''
          ? `pass \`--client ${owner}\`, or choose another target`
          : `give \`clients/${code}.yml\` a \`database\` of its own`,
    },
  );
}

/** Says which pipeline works on the target, where and since when. */
export function pipelineLocked(
  { database }: Database,
  holder: PipelineRun | undefined,
  now: number,
): CortexError {
  const since = holder && new Date(holder.startedAt).toISOString();
  const who =
    holder === undefined
      ? 'another pipeline'
      : `the pipeline \`${holder.pipeline}\` (process ${holder.pid} on ${holder.host})`;
  const ago =
    holder === undefined ? '' : formatDuration(Math.max(0, now - holder.startedAt)).trim();
  return cortexError('CX7703', `${who} works on \`${database}\``, {
    notes: since === undefined ? [] : [`it began ${ago} ago, at ${since}`],
    hint: 'wait for its end, or start with `--wait`',
    retryable: true,
  });
}
