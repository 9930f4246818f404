import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Relation } from '../../manifest/relation.ts';
import type { Needles } from './needles.ts';

/**
 * What an erasure has found, and could not find again where it is killed: the raw tables that told it are emptied first.
 */
export interface Unfinished {
  /** Raw tables in which the person stood, those of lists too. */
  readonly tables: readonly RowsOfTable[];
  readonly orderIds: readonly string[];
  /** Events that were waiting to be sent. */
  readonly cancelled: readonly string[];
  readonly needles: Needles;
}

export interface RowsOfTable {
  readonly relation: Relation;
  readonly rows: number;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** As a text that only the secret of the list of erased persons opens: it names the person. */
export function sealed(secret: string, unfinished: Unfinished): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), iv);
  const packed = deflateRawSync(JSON.stringify(unfinished));
  const body = Buffer.concat([cipher.update(packed), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

/** What was sealed with the same secret. */
export function opened(secret: string, text: string): Unfinished {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const body = bytes.subarray(IV_BYTES + TAG_BYTES);
  const packed = Buffer.concat([decipher.update(body), decipher.final()]);
  // It was written by `sealed`.
  return JSON.parse(inflateRawSync(packed).toString('utf8')) as Unfinished;
}

function keyOf(secret: string): Buffer {
  return createHash('sha256').update(`cortex privacy unfinished ${secret}`).digest();
}

/** Each table once, with the most rows that were counted. */
export function mergedTables(tables: readonly RowsOfTable[]): readonly RowsOfTable[] {
  const merged = new Map<string, RowsOfTable>();
  for (const one of tables) {
    const key = `${one.relation.database}.${one.relation.name}`;
    const rows = Math.max(one.rows, merged.get(key)?.rows ?? 0);
    merged.set(key, { relation: one.relation, rows });
  }
  return [...merged.values()];
}
