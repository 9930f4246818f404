import { shipped } from './define.ts';

export const surrogateKey = shipped({
  name: 'surrogate_key',
  description:
    'A key of 64 hex digits for the values of some columns: SHA-256, since MySQL 9.6 has no MD5. Each value is preceded by its length and NULL differs from every text, so that different rows never share a text that is hashed.',
  arguments: [{ name: 'columns', type: 'list', description: 'Columns or expressions.' }],
  sql(given) {
    const columns = given.list('columns');
    if (columns.length === 0) throw new Error('a surrogate key needs at least one column');
    return `sha2(concat(${columns.map(lengthAndText).join(', ')}), 256)`;
  },
});

function lengthAndText(column: string): string {
  const text = `cast(${column} as char)`;
  return `coalesce(concat(char_length(${text}), ':', ${text}), '~')`;
}
