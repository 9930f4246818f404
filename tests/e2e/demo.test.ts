import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtCortex, runProgram } from '../support/built-cortex.ts';
import { demoChecksums, demoTables } from '../support/demo-tables.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SMALL = ['demo', '--orders', '400', '--days', '30'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cortex-demo-'));
});
afterAll(async () => {
  for (const name of ['first', 'stopped', 'other', 'again']) await stopServer(projectOf(name));
  rmSync(folder, { recursive: true, force: true });
});

function projectOf(name: string): string {
  return join(folder, name);
}

function demo(name: string, ...args: readonly string[]) {
  return builtCortex(folder, [...SMALL, '--directory', name, ...args]);
}

async function stopServer(directory: string) {
  return builtCortex(directory, ['server', 'stop']);
}

/** Ends the demo as Ctrl-C does, once it printed so many lines of streams. */
async function stoppedDemo(name: string, afterStreams: number): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, ...SMALL, '--directory', name], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', CI: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if ((text.match(/ Synced \[/g)?.length ?? 0) >= afterStreams) child.kill('SIGINT');
  });
  return new Promise((resolve) => child.once('close', resolve));
}

/** Calls the demo with `--keep-serving`, does something once the platforms are served, and ends it as Ctrl-C does. */
async function served<T>(name: string, work: () => Promise<T>) {
  const args = [MAIN, ...SMALL, '--directory', name, '--keep-serving'];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', CI: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (stderr.includes('Ctrl-C ends it')) resolve();
    });
  });
  await Promise.race([ready, ended]);
  const result = await work().finally(() => child.kill('SIGINT'));
  return { result, exitCode: await ended, stderr };
}

function portsOf(name: string): number[] {
  const text = readFileSync(join(projectOf(name), 'demo.json'), 'utf8');
  return Object.values((JSON.parse(text) as { ports: Record<string, number> }).ports);
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}

describe('the demo', () => {
  test('lands, syncs daily and builds in an empty directory, and writes nothing new when called again', async () => {
    const first = await demo('first');
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stderr).toMatch(/The shops of this demo are generated/);
    expect(first.stderr.match(/\$ cortex sync +# on the morning of/g)).toHaveLength(4);
    expect(first.stderr).toMatch(/Landed {2}[\d,]+ added, .*[\d,]+ restated/);
    expect(first.stderr).toContain('What to try next');
    expect(first.stdout.replaceAll(/ +$/gm, '')).toMatchInlineSnapshot(`
      "platform            tables  rows     orders  revenue       spend
      ------------------  ------  -------  ------  ------------  -----------
      Nuvemshop               21  1,644    200     R$ 55,734.02
      Tray                    18  1,507    100     R$ 21,711.32
      Shopify                 25  1,754    100     R$ 22,987.24
      Meta Ads                 8  1,557                          R$ 2,333.06
      Google Ads               8  3,002                          R$ 2,946.26
      TikTok Ads               6  308                            R$ 431.97
      Google Analytics 4       8  134,101  143     R$ 46,630.04
      "
    `);
    const before = await demoChecksums(projectOf('first'));

    const second = await demo('first');

    expect(second).toMatchObject({ exitCode: 0, stdout: first.stdout });
    expect(second.stderr.match(/\$ cortex sync/g)).toHaveLength(1);
    expect(second.stderr).toMatch(/Landed {2}nothing new/);
    expect(await demoChecksums(projectOf('first'))).toEqual(before);
    expect(readdirSync(folder)).toEqual(['first']);
  });

  test('leaves no port open, and no process once its server is stopped', async () => {
    const open = await Promise.all(portsOf('first').map(answers));
    await stopServer(projectOf('first'));
    const { stdout } = await runProgram('ps', ['-eo', 'args'], { cwd: folder });

    expect(open).toEqual(Array<boolean>(7).fill(false));
    expect(stdout).not.toContain(projectOf('first'));
  });

  test('stopped in the middle it is finished by the next call, with the same tables', async () => {
    const stopped = await stoppedDemo('stopped', 12);
    expect(stopped).toBe(130);
    expect(await Promise.all(portsOf('stopped').map(answers))).not.toContain(true);

    const finished = await demo('stopped');

    expect(finished).toMatchObject({ exitCode: 0 });
    const tables = await demoTables(projectOf('stopped'));
    expect(Object.keys(tables).length).toBeGreaterThan(80);
    expect(tables).toEqual(await demoTables(projectOf('first')));
  });

  test('with --keep-serving the platforms answer until it is ended, and another terminal syncs from them', async () => {
    const { result, exitCode, stderr } = await served('first', async () => ({
      open: await Promise.all(portsOf('first').map(answers)),
      sync: await builtCortex(projectOf('first'), ['sync', 'nuvemshop.orders', 'tray.orders']),
    }));

    expect(result.open, stderr).toEqual(Array<boolean>(7).fill(true));
    expect(result.sync).toMatchObject({ exitCode: 0 });
    // The platforms are in October 2026, whatever the machine's clock says.
    expect(result.sync.stderr).toMatch(/warning\[CX7219\]/);
    expect(exitCode, stderr).toBe(0);
    expect(await Promise.all(portsOf('first').map(answers))).not.toContain(true);
  });

  test('of another seed it is another shop, the same one each time, that passes all tests', async () => {
    const other = await demo('other', '--seed', '8');
    const again = await demo('again', '--seed', '8');

    expect(other, other.stderr).toMatchObject({ exitCode: 0 });
    expect(again).toMatchObject({ exitCode: 0, stdout: other.stdout });
    const tables = await demoTables(projectOf('other'));
    expect(tables).toEqual(await demoTables(projectOf('again')));
    const first = await demoTables(projectOf('first'));
    expect(Object.keys(tables)).toEqual(Object.keys(first));
    expect(tables['raw_nuvemshop_orders']).not.toBe(first['raw_nuvemshop_orders']);
  });

  test('of another seed it does not mix with the one that stands', async () => {
    const other = await demo('first', '--seed', '8');

    expect(other.exitCode).toBe(2);
    expect(other.stderr).toMatch(/error\[CX1013].*[^]*--orders 400 --days 30 --seed 7/);
  });
});
