import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Copies the built program, without the compiled code that it keeps, and answers with its entry. */
export function copyProgram(directory: string): string {
  cpSync(join(ROOT, 'dist'), join(directory, 'dist'), {
    recursive: true,
    filter: (path) => !path.endsWith('.compiled'),
  });
  cpSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  return join(directory, 'dist', 'cli', 'main.js');
}
