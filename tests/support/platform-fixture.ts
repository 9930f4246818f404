import { readdirSync, readFileSync } from 'node:fs';
import type { ApiResponse, ResponseOutcome } from '../../connectors/sdk/http.ts';
import type { JsonValue } from '../../connectors/sdk/json.ts';

/** A recorded error of a platform and what it means. */
export interface RecordedError {
  readonly name: string;
  readonly response: ApiResponse;
  readonly expected: { readonly action: string; readonly kind?: string; readonly waitMs?: number };
}

interface ErrorFile {
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: JsonValue;
  };
  readonly expect: { readonly action: string; readonly kind?: string; readonly wait_ms?: number };
}

/** Folder of a platform's recorded pages and errors. */
export function platformFixtures(platform: string): URL {
  return new URL(`../fixtures/connectors/${platform}/`, import.meta.url);
}

/** All cases of `_errors` of a platform. */
export function recordedErrors(platform: string): readonly RecordedError[] {
  const directory = new URL('_errors/', platformFixtures(platform));
  return readdirSync(directory).map((file) => {
    const read = JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as ErrorFile;
    const { wait_ms: waitMs, ...expected } = read.expect;
    return {
      name: file.replace('.json', ''),
      response: read.response,
      expected: { ...expected, ...(waitMs === undefined ? {} : { waitMs }) },
    };
  });
}

/** An outcome without the words for people, and without what it leaves open. */
export function decisionOf(outcome: ResponseOutcome): Readonly<Record<string, unknown>> {
  const { reason: _reason, by: _by, ...decision } = { reason: '', by: undefined, ...outcome };
  return Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== undefined));
}
