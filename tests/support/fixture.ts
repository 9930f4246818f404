import { readFileSync } from 'node:fs';

/** The worked cases of `tests/fixtures/transform/<name>.json`; each file says in `about` where they come from. */
export function fixture<T>(name: string): T {
  return JSON.parse(
    readFileSync(new URL(`../fixtures/transform/${name}.json`, import.meta.url), 'utf8'),
  ) as T;
}
