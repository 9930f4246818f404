import { join } from 'node:path';

/** Everything of a private server lies below one folder of the project. */
export interface ServerPaths {
  readonly folder: string;
  readonly data: string;
  readonly temporary: string;
  readonly log: string;
  /** Port and password, readable by the current user only. */
  readonly settings: string;
  readonly pid: string;
  /** Statements of every start: they set the password. */
  readonly initialStatements: string;
  readonly lock: string;
  readonly socket: string;
}

export function serverPaths(projectDirectory: string): ServerPaths {
  const folder = join(projectDirectory, '.cortex', 'server');
  return {
    folder,
    data: join(folder, 'data'),
    temporary: join(folder, 'tmp'),
    log: join(folder, 'server.log'),
    settings: join(folder, 'server.json'),
    pid: join(folder, 'server.pid'),
    initialStatements: join(folder, 'init.sql'),
    lock: join(folder, 'start.lock'),
    socket: join(folder, 'socket'),
  };
}

/** Sockets have short paths: a longer one cannot be opened, and the port is used. */
const LONGEST_SOCKET_BYTES = 103;

/** The socket, when its path is short enough to be opened. */
export function usableSocket(paths: ServerPaths): string | undefined {
  return Buffer.byteLength(paths.socket) <= LONGEST_SOCKET_BYTES ? paths.socket : undefined;
}
