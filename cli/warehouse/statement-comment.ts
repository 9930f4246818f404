const PREFIX = /^\/\* cortex:([^ :*]*)(?::([^*]*))? \*\/ /;

/** Puts `/* cortex:<run>:<node> *\/` before a statement: the process list of every server shows it. */
export function withComment(sql: string, runId: string, node: string | undefined): string {
  const name = node === undefined ? '' : `:${node.replaceAll(/[*\r\n]/g, '_')}`;
  return `/* cortex:${runId}${name} */ ${sql}`;
}

/** Whose statement it is, or `undefined` when Cortex did not send it. */
export function readComment(
  sql: string,
): { readonly runId: string; readonly node?: string } | undefined {
  const found = PREFIX.exec(sql);
  if (found === null) return undefined;
  const [, runId = '', node] = found;
  return node === undefined ? { runId } : { runId, node };
}

/** The statement as it was before `withComment`. */
export function withoutComment(sql: string): string {
  return sql.replace(PREFIX, '');
}
