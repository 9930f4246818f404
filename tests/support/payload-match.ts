import { expect } from 'vitest';
import type { JsonRecord } from '../../connectors/sdk/json.ts';
import type { DestinationRequest } from '../../tracking/conversion/request.ts';
import { bodyBytes } from '../../tracking/conversion/request.ts';
import type { PayloadCase } from './tracking-order.ts';

/** Compares a request with a case: the expected part is in it, and nothing that must not be. */
export function expectRequest(
  request: DestinationRequest,
  events: readonly JsonRecord[],
  entry: PayloadCase,
): void {
  const body: unknown = JSON.parse(
    Buffer.from(
      bodyBytes(
        request,
        events.map((event) => Buffer.from(JSON.stringify(event))),
      ),
    ).toString(),
  );
  const { expected, absent_paths: absent = [], forbidden_substrings: forbidden = [] } = entry;
  if (expected?.url_without_query !== undefined)
    expect(request.url).toBe(expected.url_without_query);
  expect(body).toMatchObject(expected?.body ?? {});
  for (const path of absent) expect(body).not.toHaveProperty(path);
  for (const header of entry.absent_headers ?? [])
    expect(request.headers).not.toHaveProperty(header);
  const text = JSON.stringify({ ...request, body });
  expect(forbidden.filter((part) => text.includes(part))).toEqual([]);
}
