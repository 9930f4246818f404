import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateProject } from '../support/generate-project.ts';
import { CORTEX } from './cortex.ts';
import { measureNode } from './measure.ts';
import type { BenchReport } from './result.ts';
import { median } from './result.ts';

const ROUNDS = 15;

/** How long `cortex --version` and `cortex ls` take against a Node process that does nothing. */
export async function startup(): Promise<BenchReport> {
  const directory = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  await generateProject(directory, 200, { database: 'bench' });
  await measureNode([CORTEX, 'ls'], { cwd: directory });
  const bare: number[] = [];
  const version: number[] = [];
  const list: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push((await measureNode(['-e', '0'])).ms);
    version.push((await measureNode([CORTEX, '--version'])).ms);
    list.push((await measureNode([CORTEX, 'ls'], { cwd: directory })).ms);
  }
  await rm(directory, { recursive: true, force: true });
  const [node, versionMs, listMs] = [median(bare), median(version), median(list)];
  const against = (ms: number) => `${ms.toFixed(0)} ms against ${node.toFixed(0)} ms`;
  return {
    ratios: [
      {
        name: '`cortex --version` : `node -e 0`',
        ratio: versionMs / node,
        limit: 1.3,
        detail: against(versionMs),
      },
      {
        name: '`cortex ls` on 200 models : `node -e 0`',
        ratio: listMs / node,
        limit: 5,
        detail: against(listMs),
      },
    ],
    memory: [],
  };
}
