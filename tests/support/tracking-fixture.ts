import { readFileSync } from 'node:fs';

interface Cases<T> {
  readonly cases: readonly (T & { readonly id: string })[];
}

/** `tests/fixtures/tracking/<name>.json`; its README says how each file is read. */
export function trackingFixture<T>(name: string): T {
  const file = new URL(`../fixtures/tracking/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** The cases of a file. */
export function trackingCases<T>(name: string): readonly (T & { readonly id: string })[] {
  return trackingFixture<Cases<T>>(name).cases;
}
