import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateProject, modelName } from '../support/generate-project.ts';
import { CORTEX } from './cortex.ts';
import type { Measured } from './measure.ts';
import { measureNode } from './measure.ts';
import type { BenchReport } from './result.ts';
import { median } from './result.ts';

const MODELS = 10_000;
const ROUNDS = 3;
const BASELINE = fileURLToPath(new URL('parse-baseline.mjs', import.meta.url));

/** Parsing and compiling 10,000 models with property files: cold, again, and after one file changed. */
export async function parse(): Promise<BenchReport> {
  const directory = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  await generateProject(directory, MODELS, { database: 'bench' });
  const compile = () =>
    measureNode([CORTEX, 'compile', '--no-connect', '--no-write', '--quiet'], { cwd: directory });
  const rounds: { base: Measured; cold: Measured; again: Measured; changed: Measured }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await rm(join(directory, 'target'), { recursive: true, force: true });
    const base = await measureNode([BASELINE, directory]);
    const cold = await compile();
    const again = await compile();
    const changedFile = join(directory, 'models', 'area_0', `${modelName(round + 1)}.sql`);
    await appendFile(changedFile, `-- round ${round}\n`);
    rounds.push({ base, cold, again, changed: await compile() });
  }
  await rm(directory, { recursive: true, force: true });
  const ms = (name: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[name].ms));
  const peak = Math.max(
    ...rounds.flatMap((round) => [round.cold.megabytes, round.changed.megabytes]),
  );
  const against = (name: 'cold' | 'again' | 'changed', base: 'base' | 'cold') =>
    `${(ms(name) / 1000).toFixed(2)} s against ${(ms(base) / 1000).toFixed(2)} s`;
  return {
    ratios: [
      {
        name: 'parse and compile 10,000 models, cold : read + Handlebars.parse + YAML',
        ratio: ms('cold') / ms('base'),
        limit: 2.5,
        detail: against('cold', 'base'),
      },
      {
        name: 'the same again, nothing changed : cold',
        ratio: ms('again') / ms('cold'),
        limit: 0.15,
        detail: against('again', 'cold'),
      },
      {
        name: 'the same again, one file changed : cold',
        ratio: ms('changed') / ms('cold'),
        limit: 0.15,
        detail: against('changed', 'cold'),
      },
    ],
    memory: [{ name: 'parse and compile 10,000 models', megabytes: peak, limit: 700 }],
  };
}
