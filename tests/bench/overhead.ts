import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mariadbCommand } from '../support/server-mariadb.ts';
import { mysqlCommand } from '../support/server-mysql.ts';
import type { RunningServer } from '../support/server-process.ts';
import { startServer } from '../support/server-process.ts';
import { CORTEX, ROOT } from './cortex.ts';
import { measureNode } from './measure.ts';
import { recordBuild } from './recorded-build.ts';
import type { BenchReport, BenchResult } from './result.ts';
import { median } from './result.ts';

const BASELINE = fileURLToPath(new URL('overhead-baseline.mjs', import.meta.url));
const TRIVIAL_MODELS = 500;
const ROUNDS = 5;

/** What `cortex build` costs over the same statements sent by a bare mysql2 script on four connections. */
export async function overhead(): Promise<BenchReport> {
  const ratios: BenchResult[] = [];
  for (const command of [mariadbCommand(), mysqlCommand()]) {
    const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
    const server = await startServer(command, join(folder, 'server'));
    try {
      const trivial = await trivialProject(join(folder, 'trivial'), server);
      ratios.push(
        await compare(`${TRIVIAL_MODELS} trivial models (${command.name})`, 1.15, trivial, server),
      );
      const example = await exampleProject(join(folder, 'example'), server);
      ratios.push(
        await compare(`ten models over Online Retail (${command.name})`, 1.05, example, server),
      );
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return { ratios, memory: [] };
}

async function compare(
  name: string,
  limit: number,
  project: string,
  server: RunningServer,
): Promise<BenchResult> {
  const build = () => measureNode([CORTEX, 'build', '--quiet', '--threads', '4'], { cwd: project });
  await build();
  const groups = await recordBuild(server.address, project, build);
  const recording = join(project, 'recording.json');
  await writeFile(recording, JSON.stringify({ ...bareSession(server), groups }));
  const [cortex, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push((await measureNode([BASELINE, recording])).ms);
    cortex.push((await build()).ms);
  }
  const [cortexMs, bareMs] = [median(cortex), median(bare)];
  const statements = groups.reduce((sum, group) => sum + group.statements.length, 0);
  return {
    name: `\`cortex build\` of ${name} : its statements by bare mysql2`,
    ratio: cortexMs / bareMs,
    limit,
    detail: `${(cortexMs / 1000).toFixed(2)} s against ${(bareMs / 1000).toFixed(2)} s, ${statements} statements`,
  };
}

function bareSession({ address }: RunningServer): { connection: object; session: string[] } {
  const { host, port, user, password } = address;
  return {
    connection: { host, port, user, password, database: 'bench' },
    session: [
      'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
      `SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
      'SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci',
    ],
  };
}

function targetYaml({ address }: RunningServer): string {
  return `{ type: mysql, host: ${address.host}, port: ${address.port}, user: ${address.user}, password: '', database: bench, threads: 4 }`;
}

async function trivialProject(directory: string, server: RunningServer): Promise<string> {
  await mkdir(join(directory, 'models'), { recursive: true });
  await writeFile(
    join(directory, 'cortex_project.yml'),
    `name: trivial\nversion: 1.0.0\ntarget: bench\ntargets:\n  bench: ${targetYaml(server)}\n`,
  );
  const numbers = Array.from({ length: TRIVIAL_MODELS }, (_, index) => index);
  await Promise.all(
    numbers.map((number) =>
      writeFile(
        join(directory, 'models', `trivial_${number}.sql`),
        `{{config materialized="table"}}\nselect ${number} as id, 'a name' as name\n`,
      ),
    ),
  );
  return directory;
}

async function exampleProject(directory: string, server: RunningServer): Promise<string> {
  await cp(join(ROOT, 'tests', 'bench', 'online_retail'), directory, { recursive: true });
  await cp(join(ROOT, 'examples', 'online_retail', 'data'), join(directory, 'data'), {
    recursive: true,
  });
  const project = join(directory, 'cortex_project.yml');
  const text = (await readFile(project, 'utf8'))
    .replace(/^target: .*$/m, 'target: bench')
    .replace(/^targets:$/m, `targets:\n  bench: ${targetYaml(server)}`);
  await writeFile(project, text);
  await measureNode([CORTEX, 'sync', 'files', '--quiet'], { cwd: directory });
  return directory;
}
