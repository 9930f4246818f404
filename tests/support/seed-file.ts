import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { NodeConfig } from '../../cli/manifest/node-config.ts';
import type { SeedNode } from '../../cli/manifest/node.ts';

/** A folder of this test, removed when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A seed as parse would leave it, with its CSV on disk. */
export function seedFile(
  csv: string | Uint8Array,
  details: { database?: string; config?: NodeConfig; columns?: SeedNode['columns'] } = {},
): SeedNode {
  const csvPath = join(temporaryFolder(), 'prices.csv');
  writeFileSync(csvPath, csv);
  return {
    id: 'seed.shop.prices',
    resourceType: 'seed',
    name: 'prices',
    packageName: 'shop',
    fqn: ['shop', 'prices'],
    path: 'seeds/prices.csv',
    csvPath,
    description: '',
    tags: [],
    meta: {},
    config: details.config ?? {},
    unrenderedConfig: {},
    dependsOn: [],
    macros: [],
    checksum: '',
    columns: details.columns ?? [],
    relation: { database: details.database ?? 'shop', name: 'prices' },
    constraints: [],
  };
}
