import { tsvRow } from '../../sql/tsv-row.ts';
import type { CellText } from '../seed-table.ts';

/**
 * Whole rows as `LOAD DATA` reads them: values end in a tab, rows in a line feed, `\N` is NULL, and a
 * backslash stands before whatever would be mistaken. Any text survives it byte for byte.
 */
export interface TsvBatch {
  readonly bytes: Buffer;
  readonly rows: number;
}

/** Bytes of a batch: enough for the socket, little for the memory. */
export const BATCH_BYTES = 128 * 1024;

const MEANINGS: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  '0': '\0',
  Z: '\u001a',
};

/** Rows in batches of about 128 kB. */
export async function* tsvBatches(
  rows: AsyncIterable<readonly CellText[]> | Iterable<readonly CellText[]>,
): AsyncGenerator<TsvBatch, void> {
  let text = '';
  let count = 0;
  for await (const row of rows) {
    text += tsvRow(row);
    count += 1;
    if (text.length >= BATCH_BYTES) {
      yield { bytes: Buffer.from(text), rows: count };
      text = '';
      count = 0;
    }
  }
  if (count > 0) yield { bytes: Buffer.from(text), rows: count };
}

/** The rows of a batch, read back. */
export function tsvRows(batch: TsvBatch): readonly (readonly CellText[])[] {
  const lines = batch.bytes.toString('utf8').split('\n');
  return lines.slice(0, batch.rows).map((line) => line.split('\t').map(cellText));
}

function cellText(cell: string): CellText {
  if (cell === '\\N') return null;
  return cell.replace(/\\([^])/g, (_, letter: string) => MEANINGS[letter] ?? letter);
}
