import { textTable } from '../../report/table.ts';
import type { ProjectSession } from '../session.ts';

const WIDEST_COLUMN = 60;

/** Rows as a table; with `--json` each as one JSON object on its own line. */
export function printRows(
  session: ProjectSession,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | number>>[],
): void {
  if (session.flags.json) for (const row of rows) session.print(JSON.stringify(row));
  else session.print(textTable(columns, rows, { widestColumn: WIDEST_COLUMN }));
}
