import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { builtCortex } from '../support/built-cortex.ts';
import { servers } from '../support/server.ts';
import { simulatedProject } from '../support/simulated-project.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const PAST = ['--since', '2026-01-01', '--until', '2026-09-30'];
const [server] = servers;

/** Runs the built command and kills it when it has printed a text. */
async function killedAt(
  text: string,
  args: readonly string[],
  place: { readonly directory: string; readonly env: Readonly<Record<string, string>> },
): Promise<string> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: place.directory,
    env: { ...process.env, ...place.env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.includes(text)) child.kill('SIGKILL');
  });
  await ended;
  expect(printed).toContain(text);
  expect(printed).not.toContain('runFinished');
  return printed;
}

test('a backfill that was killed goes on with the window that it had in hand', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);
  project.shop.state.useBucket(1_000_000);
  const place = { directory: project.directory.path, env: project.environment };
  const command = ['backfill', 'nuvemshop.orders', ...PAST, '--json'];

  const killed = await killedAt('"window":37', command, place);
  const resumed = await builtCortex(place.directory, command, place.env);
  const again = await project.run('sync', 'nuvemshop.orders', ...PAST);

  expect(resumed.exitCode).toBe(0);
  expect(windowsOf(killed)).toBe(39);
  expect(windowsOf(resumed.stdout)).toBeLessThan(6);
  expect(resumed.stdout).toMatch(/"synced":\{"added":\d\d/);
  // A fresh read of the same days finds everything there, and writes nothing.
  expect(again.stderr).toMatch(/Synced .* nuvemshop\.orders +nothing new/);
});

function windowsOf(stdout: string): number {
  return Number(/"windows":(\d+)/.exec(stdout)?.[1]);
}
