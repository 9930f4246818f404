import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const FOLDER = new URL('../fixtures/analytics/', import.meta.url);

/** A worked example: its definition, input and what must come out. */
export function analyticsFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T;
}

/** Rows of a worked example's CSV file, every cell a text. */
export function analyticsRows(name: string): Record<string, string>[] {
  return parse(readFileSync(new URL(name, FOLDER)), { columns: true }) as Record<string, string>[];
}
