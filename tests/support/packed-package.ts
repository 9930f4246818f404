import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './built-cortex.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Packs the npm package as it would be published; returns the file. */
export async function packPackage(folder: string): Promise<string> {
  const packed = await runProgram(
    'npm',
    ['pack', '--ignore-scripts', '--pack-destination', folder],
    { cwd: ROOT },
  );
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm pack left no file: ${packed.stderr}`);
  return join(folder, name);
}

/** Installs a packed file into a directory, as a client does. */
export async function installPackage(tarball: string, directory: string): Promise<void> {
  const installed = await runProgram(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', tarball],
    { cwd: directory },
  );
  if (installed.exitCode !== 0) throw new Error(`npm install failed: ${installed.stderr}`);
}
