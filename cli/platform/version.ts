import { readFileSync } from 'node:fs';

/** The version in package.json, found from the sources as from the built files. */
export function cortexVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    const version = versionIn(new URL(path, import.meta.url));
    if (version !== undefined) return version;
  }
  return 'unknown';
}

function versionIn(url: URL): string | undefined {
  try {
    const found = JSON.parse(readFileSync(url, 'utf8')) as { name?: string; version?: string };
    return found.name === 'cortex-analytics' ? found.version : undefined;
  } catch {
    return undefined;
  }
}
