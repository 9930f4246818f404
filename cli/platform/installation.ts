import { fileURLToPath } from 'node:url';

/** Absolute path of what npm installed, or of the checkout: two folders up from the sources as from the built files. */
export function installationDirectory(): string {
  return fileURLToPath(new URL('../..', import.meta.url));
}
