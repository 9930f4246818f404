import type { RenderedSql } from '../../cli/kernel/rendered-sql.ts';
import { generatedSql } from '../../cli/kernel/rendered-sql.ts';
import type { NodeConfig } from '../../cli/manifest/node-config.ts';
import type { CatalogRelation } from '../../cli/manifest/relation.ts';
import type { Built, StatementRunner } from '../../cli/materialize/materialization.ts';
import { buildNames } from '../../cli/sql/build-names.ts';
import { materializationOf } from '../../cli/materialize/registry.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { readCatalog } from '../../cli/warehouse/catalog.ts';
import { relationKey } from '../../cli/manifest/relation.ts';
import { modelNode } from './model-node.ts';
import type { TestDatabase } from './server.ts';

/**
 * Builds one model from plain SQL and publishes it in the simplest way (rename or commit), for tests of
 * materialisations alone. Answers with what the materialisation left.
 */
export async function buildModel(
  database: TestDatabase,
  model: { name: string; sql: string; config: NodeConfig; isIncremental?: boolean },
): Promise<Built> {
  await using warehouse = await connectTarget(database.target, { runId: 'test' });
  await using connection = await warehouse.connect({ severalStatements: true });
  const node = modelNode(model.name, { database: database.name, config: model.config });
  const textOf = (statement: RenderedSql | string) =>
    typeof statement === 'string' ? statement : statement.text;
  const runner: StatementRunner = {
    execute: (statement) => connection.execute(textOf(statement)),
    query: (statement) => connection.query(textOf(statement)),
    sendEach: (statements) => connection.sendEach(statements.map(textOf)),
    filling: () => undefined,
  };
  const current = await currentOf(database, model.name);
  const names = buildNames(node.relation);
  const materialization = materializationOf(model.config.materialized ?? 'table');
  if (materialization === undefined) throw new Error('no such materialisation');
  const built = await materialization.build(
    {
      node,
      compiled: { id: node.id, sql: generatedSql(model.sql), inlined: [] },
      current,
      names,
      capabilities: warehouse.capabilities,
      tableDefaults: { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' },
      isIncremental: model.isIncremental ?? false,
    },
    runner,
  );
  await publish();
  return built;

  async function publish(): Promise<void> {
    if (built.kind === 'transaction') return void (await connection.execute('commit'));
    if (current !== undefined) await connection.execute(`drop ${current.kind} \`${model.name}\``);
    await connection.execute(`rename table \`${names.shadow.name}\` to \`${model.name}\``);
  }
}

/** The relation as the catalog describes it. */
export async function currentOf(
  database: TestDatabase,
  name: string,
): Promise<CatalogRelation | undefined> {
  await using warehouse = await connectTarget(database.target, { runId: 'test' });
  const catalog = await readCatalog(warehouse.control, [database.name]);
  return catalog.get(relationKey({ database: database.name, name }));
}
