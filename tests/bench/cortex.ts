import { fileURLToPath } from 'node:url';

/** The built command line, as a user runs it. */
export const CORTEX = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
