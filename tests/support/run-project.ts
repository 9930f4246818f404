import { randomBytes } from 'node:crypto';
import type { RunEvent } from '../../cli/events/run-event.ts';
import { executePlan } from '../../cli/execute/execute-plan.ts';
import type { ExecuteOptions, RunOutcome, Runtime } from '../../cli/execute/runtime.ts';
import { buildGraph } from '../../cli/graph/build-graph.ts';
import type { Manifest } from '../../cli/manifest/manifest.ts';
import type { NodeConfig } from '../../cli/manifest/node-config.ts';
import type { ManifestNode, SeedNode } from '../../cli/manifest/node.ts';
import { buildPlan } from '../../cli/plan/build-plan.ts';
import type { PlanCommand } from '../../cli/plan/plan.ts';
import { systemClock } from '../../cli/platform/clock.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { sqlModel, testNode } from './compile-context.ts';
import { modelNode } from './model-node.ts';
import type { TestDatabase } from './server.ts';
import { templateEnvironment } from './template-environment.ts';

/** A project written in one place: models and singular tests by name. Parents are read off `ref "x"`. */
export interface SmallProject {
  readonly models?: Readonly<Record<string, string | { sql: string; config: NodeConfig }>>;
  readonly tests?: Readonly<
    Record<string, string | { sql: string; config?: NodeConfig; of?: string }>
  >;
  /** Nodes of other kinds. */
  readonly nodes?: readonly ManifestNode[];
  /** Absolute paths of CSV files. */
  readonly seeds?: Readonly<Record<string, string>>;
}

export interface RunRequest extends Partial<ExecuteOptions> {
  readonly command?: PlanCommand;
  /** Names of the nodes to select; all unless given. */
  readonly select?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly onStatement?: NonNullable<Runtime['onStatement']>;
}

export interface RunReport extends RunOutcome {
  readonly events: readonly RunEvent[];
  /** Statuses by name. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly statements: readonly string[];
}

const OPTIONS: ExecuteOptions = {
  threads: 4,
  failFast: false,
  fullRefresh: false,
  empty: false,
  storeFailures: false,
  publish: 'each',
  wait: false,
  publishWaitMs: 5000,
};

/** Runs a project on a real server, from graph to state. */
export async function runProject(
  database: Pick<TestDatabase, 'name' | 'target'>,
  project: SmallProject,
  request: RunRequest = {},
): Promise<RunReport> {
  const { value: graph } = await buildGraph(manifestOf(project, database.name));
  const selected = [...graph.manifest.nodes.values()].filter(
    ({ name }) => request.select?.includes(name) ?? true,
  );
  const plan = buildPlan({
    graph,
    selection: new Set(selected.map((node) => node.id)),
    command: request.command ?? 'build',
  });
  await using warehouse = await connectTarget(database.target, {
    runId: randomBytes(6).toString('hex'),
  });
  const events: RunEvent[] = [];
  const statements: string[] = [];
  const outcome = await executePlan(plan, {
    database: warehouse,
    graph,
    environment: { ...templateEnvironment(), capabilities: warehouse.capabilities },
    clock: systemClock,
    emit: (event) => {
      events.push(event);
      request.onEvent?.(event);
    },
    signal: request.signal ?? new AbortController().signal,
    options: { ...OPTIONS, ...request },
    commandLine: 'cortex build',
    onStatement: (statement) => {
      statements.push(statement.sql);
      request.onStatement?.(statement);
    },
  });
  const statuses = Object.fromEntries(
    outcome.results.map(({ id, status }) => [id.split('.').at(-1) ?? '', status]),
  );
  return { ...outcome, events, statuses, statements };
}

function manifestOf(project: SmallProject, database: string): Manifest {
  const models = Object.entries(project.models ?? {}).map(([name, written]) => {
    const { sql, config } =
      typeof written === 'string' ? { sql: written, config: { materialized: 'table' } } : written;
    return { ...sqlModel(name, sql, config), relation: { database, name } };
  });
  const seeds = Object.entries(project.seeds ?? {}).map(([name, path]) =>
    seedNode(name, path, database),
  );
  const byName = new Map<string, ManifestNode>(
    [...models, ...seeds].map((node) => [node.name, node]),
  );
  const parentsOf = (sql: string) => [
    ...new Set(
      [...sql.matchAll(/\bref "(\w+)"/g)].map(([, name]) => byName.get(name ?? '')?.id ?? ''),
    ),
  ];
  const tests = Object.entries(project.tests ?? {}).map(([name, written]) => {
    const given: { sql: string; config?: NodeConfig; of?: string } =
      typeof written === 'string' ? { sql: written } : written;
    const { sql, config = {}, of } = given;
    const attached = of === undefined ? undefined : byName.get(of)?.id;
    return {
      ...testNode(name, { rawCode: sql, dependsOn: parentsOf(sql), config }),
      relation: { database: databaseOf(config, database), name: `${name}_failures` },
      ...(attached === undefined ? {} : { attachedNode: attached }),
    };
  });
  const linked = models.map((model) => ({ ...model, dependsOn: parentsOf(model.rawCode) }));
  const nodes = [...linked, ...seeds, ...tests, ...(project.nodes ?? [])];
  return {
    projectName: 'shop',
    projectVersion: '1.0.0',
    nodes: new Map(nodes.map((node): [string, ManifestNode] => [node.id, node])),
    disabled: new Map(),
    macros: new Map(),
    docs: new Map(),
    groups: new Map(),
  };
}

function databaseOf({ schema }: NodeConfig, database: string): string {
  return typeof schema === 'string' ? `${database}_${schema}` : database;
}

function seedNode(name: string, csvPath: string, database: string): SeedNode {
  return {
    ...modelNode(name),
    id: `seed.shop.${name}`,
    resourceType: 'seed',
    path: `seeds/${name}.csv`,
    csvPath,
    relation: { database, name },
  };
}
