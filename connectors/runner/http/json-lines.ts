import { StringDecoder } from 'node:string_decoder';
import type { JsonRecord } from '../../sdk/json.ts';
import { parseJson } from '../../sdk/parse-json.ts';
import { isRecord } from '../../sdk/value-source.ts';
import { NetworkTrouble } from './exchange.ts';

/** The records of a text with one JSON map in each line. Throws NetworkTrouble for a line that is none. */
export async function* jsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonRecord> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield recordOf(line);
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield recordOf(rest);
}

function recordOf(line: string): JsonRecord {
  const value = parsed(line);
  if (isRecord(value)) return value;
  throw new NetworkTrouble('a line of the file is no JSON map: it may have been cut');
}

function parsed(line: string) {
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
}
