import { readFileSync } from 'node:fs';

interface Cases<T> {
  readonly cases: readonly (T & { readonly id: string })[];
}

/** The cases of `tests/fixtures/tracking/<name>.json`; its README says how each file is read. */
export function trackingCases<T>(name: string): readonly (T & { readonly id: string })[] {
  const file = new URL(`../fixtures/tracking/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as Cases<T>).cases;
}
