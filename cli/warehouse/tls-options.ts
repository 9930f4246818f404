import { readFileSync } from 'node:fs';
import { connect, isIP } from 'node:net';
import type { ConnectionOptions } from 'mysql2/promise';
import type { ServerTarget, SslSettings } from '../manifest/target.ts';
import { tlsFileUnreadable } from './messages.ts';

/** What the driver needs to encrypt a session as the target asks; nothing without `ssl`. */
export function tlsOptions(target: ServerTarget): ConnectionOptions {
  const { ssl, socket, host, port } = target;
  if (ssl === undefined) return {};
  return {
    ssl: certificates(ssl),
    ...(ssl.verify && socket === undefined && isIP(host) > 0 ? checkedAddress(host, port) : {}),
  };
}

function certificates(ssl: SslSettings): NonNullable<ConnectionOptions['ssl']> {
  return {
    rejectUnauthorized: ssl.verify,
    verifyIdentity: ssl.verify,
    ...(ssl.ca === undefined ? {} : { ca: readPem(ssl.ca) }),
    ...(ssl.cert === undefined ? {} : { cert: readPem(ssl.cert) }),
    ...(ssl.key === undefined ? {} : { key: readPem(ssl.key) }),
  };
}

/**
 * mysql2 3.24 checks the certificate of an address without a name against `localhost`. The address as a
 * fully qualified name (a dot at the end) is no address to it, and one again to Node's check.
 */
function checkedAddress(host: string, port: number): ConnectionOptions {
  return {
    host: `${host}.`,
    stream: () => connect({ host, port, noDelay: true, keepAlive: true }),
  };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw tlsFileUnreadable(path, cause);
  }
}
