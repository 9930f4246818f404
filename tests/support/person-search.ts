import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDatabase } from './server.ts';

/** Every table of the databases of a test, every column of every row, in which one of some texts stands: `table: text`. */
export async function tablesWith(
  own: TestDatabase,
  texts: readonly string[],
): Promise<readonly string[]> {
  const tables = await own.query(
    `select table_schema as db, table_name as name from information_schema.tables
     where table_schema like '${own.name}%' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { db, name } of tables) {
    const rows = await own.query(`select * from \`${String(db)}\`.\`${String(name)}\``);
    for (const text of textsIn(JSON.stringify(rows), texts)) found.push(`${String(name)}: ${text}`);
  }
  return found.toSorted();
}

/** Every file below a folder in which one of some texts stands: `path: text`. */
export function filesWith(directory: string, texts: readonly string[]): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) =>
      textsIn(readFileSync(path, 'utf8'), texts).map(
        (text) => `${path.slice(directory.length + 1)}: ${text}`,
      ),
    )
    .toSorted();
}

/** Compared in lower case, and digits without what stands between them. */
function textsIn(content: string, texts: readonly string[]): readonly string[] {
  const plain = content.toLowerCase();
  const digits = plain.replaceAll(/(?<=\d)[\s().\-/]{1,3}(?=\d)/g, '');
  return texts.filter((text) => plain.includes(text) || digits.includes(text));
}
