import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { TestNode } from '../../../cli/manifest/node.ts';
import { packManifest } from '../../../docs/pack/pack-manifest.ts';
import { LAST_DATE, generatedShop } from '../../support/generated-shop.ts';
import { genericMutations } from '../../support/pack-mutations/generic-mutations.ts';
import type { MutationResult } from '../../support/pack-mutations/mutation-report.ts';
import { mutationReport } from '../../support/pack-mutations/mutation-report.ts';
import type { ScratchCopy } from '../../support/pack-mutations/scratch-copy.ts';
import { scratchCopy } from '../../support/pack-mutations/scratch-copy.ts';
import { WRITTEN_MUTATIONS } from '../../support/pack-mutations/written-mutations.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase, TestServer } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

/** Nothing may be empty: what is not there cannot be broken. And all in one database, to be copied. */
const VARS = {
  as_of: LAST_DATE,
  pairs_min_orders: 2,
  ltv_min_repeat_customers: 20,
  restricted_schema: '',
};

const PAGE = fileURLToPath(new URL('../../../docs/data-test-mutations.md', import.meta.url));

describe.each(servers)('data tests of the pack on $name', (server) => {
  test('pass on the generated shop, and each notices every way to break its data', async () => {
    const { scratch, queries } = await builtShop(server);
    const results: MutationResult[] = [];

    for (const node of await dataTests()) {
      const query = queries.get(node.id) ?? '';
      expect(await scratch.failures(query), `${node.name} on the shop as it is`).toBe(0);
      for (const { what, sql } of mutationsOf(node, scratch)) {
        const isNoticed = (await scratch.failures(query, sql)) > 0;
        results.push({ ...placeOf(node), what, isNoticed });
      }
    }

    expect(results.filter(({ isNoticed }) => !isNoticed)).toEqual([]);
    // `npx vitest run --project integration <this file> -u` writes the page.
    await expect(mutationReport(results, 'MariaDB and MySQL')).toMatchFileSnapshot(PAGE);
  }, 600_000);
});

test('no mutation is written for a test that is gone', async () => {
  const names = new Set((await dataTests()).map(({ name }) => name));

  expect(Object.keys(WRITTEN_MUTATIONS).filter((name) => !names.has(name))).toEqual([]);
});

/** The shop built, a copy of everything in a second database, and the tests compiled against the copy. */
async function builtShop(server: TestServer) {
  const [database, copy] = [await server.database(), await server.database()];
  await using shop = await generatedShop();
  const { settings, clock } = shop;
  using project = packProject(database, { vars: VARS, settings, clock });
  await succeeds(project.run('sync'));
  await addTrayRefund(database);
  await succeeds(project.run('build', '--exclude', 'test_type:data'));
  const relations = (await database.relations()).filter((name) => !name.startsWith('raw_'));
  const scratch = await scratchCopy(copy, database.name, relations);
  using compiled = packProject(copy, { vars: VARS });
  await succeeds(compiled.run('compile', '--select', 'test_type:data'));
  return { scratch, queries: compiledQueries(compiled.directory) };
}

async function succeeds(command: Promise<{ exitCode: number; stderr: string }>): Promise<void> {
  const { exitCode, stderr } = await command;
  expect(exitCode, stderr).toBe(0);
}

/** The one thing that the generator does not know of. */
async function addTrayRefund({ query }: TestDatabase): Promise<void> {
  await query(
    `update raw_tray_orders set status = 'ESTORNADO' where status_type = 'closed' order by id limit 1`,
  );
}

function compiledQueries(directory: string): ReadonlyMap<string, string> {
  const manifest = JSON.parse(readFileSync(join(directory, 'target/manifest.json'), 'utf8')) as {
    readonly nodes: Readonly<Record<string, { readonly compiled_code?: string }>>;
  };
  return new Map(
    Object.entries(manifest.nodes).map(([id, { compiled_code: sql = '' }]) => [id, sql]),
  );
}

async function dataTests(): Promise<readonly TestNode[]> {
  const { nodes } = await packManifest();
  const order = (node: TestNode) => `${placeOf(node).place} ${node.name}`;
  return [...nodes.values()]
    .filter((node) => node.resourceType === 'test')
    .toSorted((one, other) => (order(one) < order(other) ? -1 : 1));
}

function mutationsOf(node: TestNode, scratch: ScratchCopy) {
  const mutations = WRITTEN_MUTATIONS[node.name] ?? genericMutations(node, scratch.step) ?? [];
  expect(mutations, `add ${node.name} to tests/support/pack-mutations/`).not.toEqual([]);
  return mutations;
}

function placeOf(node: TestNode): Omit<MutationResult, 'what' | 'isNoticed'> {
  const { name, testName = name } = node;
  return {
    place: node.attachedNode?.split('.').at(-1) ?? 'tests/data',
    // A name that was made from the kind and the column says no more than these do.
    test: name.startsWith(`${testName}_`) ? testName : name,
    column: node.columnName ?? '',
    warns: node.config.severity?.toLowerCase() === 'warn',
  };
}
