import { readFileSync } from 'node:fs';

/** The version in package.json, which lies two folders up from the sources as from the built files. */
export function cortexVersion(): string {
  try {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    return 'unknown';
  }
}
