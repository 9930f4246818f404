import { generateKeyPairSync } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../cli/platform/clock.ts';
import { createWorld } from '../../connectors/simulators/shop/world.ts';
import { SIMULATED_PLATFORMS } from '../../connectors/simulators/simulated-platforms.ts';
import { runProgram } from '../support/built-cortex.ts';
import { fencedBlocks } from '../support/markdown.ts';
import { installPackage, packPackage } from '../support/packed-package.ts';
import { servers } from '../support/server.ts';
import type { TestDatabase } from '../support/server.ts';
import { SMALL_DESTINATIONS } from '../support/small-destinations.ts';

const DAY_MS = 86_400_000;
const CHOICES = ['--platform', 'nuvemshop', '--ads', 'meta,google', '--analytics', 'ga4'];
const CHOSEN = ['nuvemshop', 'meta_ads', 'google_ads', 'ga4'];
const [, server = expect.fail()] = servers;

let folder: string;
let client: string;
let own: TestDatabase;
const open: AsyncDisposable[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cortex-client-'));
  client = join(folder, 'acme');
  mkdirSync(client);
  own = await server.database();
  await installPackage(await packPackage(folder), client);
});

afterAll(async () => {
  await cortex('server', 'stop');
  for (const one of open) await one[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function cortex(...words: string[]) {
  return runProgram('npx', ['cortex', ...words], { cwd: client });
}

test('the packed file and its printed instructions lead from nothing to delivered conversions', async () => {
  const started = await cortex('init', 'acme', ...CHOICES);
  expect(started).toMatchObject({ exitCode: 0 });
  expect(started.stderr).toContain('$ cortex setup --target local');
  expect(started.stderr).toContain('everything that a build needs is there');
  const origins = await fillIn(await startPlatforms());
  pointAt(origins);

  for (const command of printedCommands()) {
    const done = await runProgram('bash', ['-c', command], { cwd: client });
    expect(done.exitCode, `${command}\n${done.stderr}`).toBe(0);
  }
  const meta = SMALL_DESTINATIONS[0];
  const pixel = await meta.start(systemClock);
  open.push(pixel);
  edit(
    'cortex_project.yml',
    (text) => `${text}
conversions:
  identity: acme_restricted.customer_identity
  destinations:
    meta: ${JSON.stringify({ ...meta.settings, origin: pixel.origin })}
`,
  );
  const daily = await cortex('run-pipeline', 'daily');
  const status = await cortex('convert', 'status', '--json');

  expect(daily.exitCode, daily.stderr).toBe(0);
  expect(pixel.state.byId.size).toBeGreaterThan(5);
  const states = status.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(states).toContainEqual(
    expect.objectContaining({ status: 'delivered', events: pixel.state.byId.size }),
  );
}, 900_000);

test('the workflow that init wrote builds and tests a checkout, without a secret and without a row', async () => {
  const checkout = join(folder, 'checkout');
  const isIgnored = (path: string) =>
    /^\/(?:node_modules|target|\.cortex|\.env)(?:\/|$)/.test(path);
  cpSync(client, checkout, {
    recursive: true,
    filter: (path) => !isIgnored(path.slice(client.length)),
  });
  // The package is not in a registry: `npm install` has nothing to bring.
  symlinkSync(join(client, 'node_modules'), join(checkout, 'node_modules'));
  const workflow = parse(readFileSync(join(checkout, '.github/workflows/cortex.yml'), 'utf8')) as {
    jobs: { build: { steps: { run?: string }[] } };
  };
  const commands = workflow.jobs.build.steps.flatMap(({ run = '' }) =>
    run.startsWith('npx ') ? [run] : [],
  );

  try {
    expect(commands).toEqual(expect.arrayContaining(['npx cortex build', 'npx cortex test']));
    for (const command of commands) {
      const done = await runProgram('bash', ['-ec', command], { cwd: checkout });
      expect(done.exitCode, `${command}\n${done.stdout}\n${done.stderr}`).toBe(0);
    }
  } finally {
    await runProgram('npx', ['cortex', 'server', 'stop'], { cwd: checkout });
  }
}, 300_000);

/** The simulated platforms stand in for the real ones, and the shop is young: its first day is ten days ago. */
function pointAt(origins: Readonly<Record<string, string>>): void {
  edit('cortex_project.yml', (text) =>
    Object.entries(origins).reduce(
      (changed, [name, origin]) =>
        changed.replace(
          `  ${name}:\n    accounts:\n      - `,
          `  ${name}:\n    start_date: ${dayBefore(10)}\n    accounts:\n      - origin: ${origin}\n        `,
        ),
      text,
    ),
  );
}

/** The commands of the README that `init` wrote, in its order. */
function printedCommands(): readonly string[] {
  const text = readFileSync(join(client, 'README.md'), 'utf8');
  const [commands] = fencedBlocks({ path: 'README.md', text });
  return (commands?.text ?? expect.fail()).trim().split('\n');
}

interface Served {
  readonly name: string;
  readonly origin: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A shop of the forty days before today, and its advertising, at the platforms of the client. */
async function startPlatforms(): Promise<readonly Served[]> {
  const world = createWorld({ seed: 7, orders: 400, days: 40, startDate: dayBefore(40) });
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const served: Served[] = [];
  for (const platform of SIMULATED_PLATFORMS.filter(({ name }) => CHOSEN.includes(name))) {
    const simulator = await platform.start({ world, clock: systemClock, isUnlimited: true });
    open.push(simulator);
    const settings = platform.account(world, { privateKey });
    served.push({ name: platform.name, origin: simulator.origin, settings });
  }
  return served;
}

/** Copies `.env.example` to `.env` with a value for every variable; returns the origins by platform. */
async function fillIn(served: readonly Served[]): Promise<Readonly<Record<string, string>>> {
  const { host, port, user, password } = own.target;
  const values: Record<string, string | number> = {
    DB_HOST: host ?? expect.fail(),
    DB_PORT: port ?? expect.fail(),
    DB_USER: user ?? expect.fail(),
    DB_PASSWORD: password ?? '',
    DASHBOARD_PASSWORD: 'a-long-password-0123',
  };
  for (const { name, settings } of served) {
    for (const [key, value] of Object.entries(settings)) {
      values[`${name}_${key}`.toUpperCase()] = value.replaceAll('\n', String.raw`\n`);
    }
  }
  const example = readFileSync(join(client, '.env.example'), 'utf8');
  const filled = example.replaceAll(
    /^(\w+)=.*$/gm,
    (_, name: string) => `${name}=${values[name] ?? expect.fail(name)}`,
  );
  writeFileSync(join(client, '.env'), filled, { mode: 0o600 });
  return Object.fromEntries(served.map(({ name, origin }) => [name, origin]));
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

function edit(file: string, change: (text: string) => string): void {
  const path = join(client, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
