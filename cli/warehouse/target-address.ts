import type { ServerTarget } from '../manifest/target.ts';

/** `db.internal:3306/shop`, for people; never a secret. */
export function targetAddress(target: ServerTarget): string {
  return `${serverAddress(target)}/${target.database}`;
}

/** `db.internal:3306`, or the path of the socket. */
export function serverAddress(target: ServerTarget): string {
  return target.socket ?? `${target.host}:${target.port}`;
}
