import type { ProjectSession } from './session.ts';

/** Prints compiled SQL on standard output, as JSON where that was asked for. */
export function printSql(session: ProjectSession, node: string, sql: string): void {
  session.print(wantsJson(session) ? JSON.stringify({ node, compiled: sql.trim() }) : sql.trim());
}

export function wantsJson({ flags }: ProjectSession): boolean {
  return flags.output === 'json' || flags.json;
}
