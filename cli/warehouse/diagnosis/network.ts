import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import { connect, isIP } from 'node:net';
import type { ServerTarget } from '../../manifest/target.ts';
import { serverAddress } from '../target-address.ts';
import type { Check } from './check.ts';
import { fail, ok } from './check.ts';

/** Name and port, or the socket, before any login. */
export async function* networkChecks(target: ServerTarget): AsyncGenerator<Check> {
  if (target.socket === undefined) yield await addressCheck(target);
  else if (!existsSync(target.socket)) {
    yield fail(
      'socket',
      `there is no file at \`${target.socket}\``,
      'start the server, or correct `socket` of the target',
    );
    return;
  }
  yield await portCheck(target);
}

async function addressCheck(target: ServerTarget): Promise<Check> {
  if (isIP(target.host) !== 0) return ok('address', target.host);
  try {
    const found = await lookup(target.host, { all: true });
    return ok('address', `${target.host} is ${found.map((entry) => entry.address).join(', ')}`);
  } catch (error) {
    return fail(
      'address',
      `the host \`${target.host}\` has no address (${codeOf(error)})`,
      'check the spelling of `host`, the network and the name server of this machine',
    );
  }
}

async function portCheck(target: ServerTarget): Promise<Check> {
  const address = serverAddress(target);
  const failure = await new Promise<string | undefined>((resolve) => {
    const socket = connect(
      target.socket === undefined
        ? { host: target.host, port: target.port }
        : { path: target.socket },
    );
    const finish = (answer: string | undefined): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(target.connectTimeoutMs, () => finish('ETIMEDOUT'));
    socket.once('connect', () => finish(undefined));
    socket.once('error', (error) => finish(codeOf(error)));
  });
  switch (failure) {
    case undefined:
      return ok('port', `${address} takes connections`);
    case 'ECONNREFUSED':
      return fail(
        'port',
        `nothing listens on \`${address}\``,
        'start the server; if it runs, look at its `port` and `bind-address`',
      );
    case 'ETIMEDOUT':
      return fail(
        'port',
        `\`${address}\` does not answer within ${target.connectTimeoutMs / 1000} seconds`,
        'a firewall drops the packets: allow this machine in it, or use a tunnel or VPN',
      );
    default:
      return fail('port', `\`${address}\` cannot be reached (${failure})`, 'check the network');
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
