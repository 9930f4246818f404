import { expect } from 'vitest';
import type { DestinationRequest } from '../../tracking/conversion/request.ts';
import type { PayloadCase } from './tracking-order.ts';

/** Compares a request with a case: the expected part is in it, and nothing that must not be. */
export function expectRequest(request: DestinationRequest, entry: PayloadCase): void {
  const { expected, absent_paths: absent = [], forbidden_substrings: forbidden = [] } = entry;
  if (expected?.url_without_query !== undefined)
    expect(request.url).toBe(expected.url_without_query);
  expect(request.body).toMatchObject(expected?.body ?? {});
  for (const path of absent) expect(request.body).not.toHaveProperty(path);
  for (const header of entry.absent_headers ?? [])
    expect(request.headers).not.toHaveProperty(header);
  const text = JSON.stringify(request);
  expect(forbidden.filter((part) => text.includes(part))).toEqual([]);
}
