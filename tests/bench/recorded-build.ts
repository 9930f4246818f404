import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createConnection, format } from 'mysql2/promise';
import { BUILT_IN_TEST_NAMES } from '../../cli/compile/tests/names.ts';
import { buildGraph } from '../../cli/graph/build-graph.ts';
import { parseProject } from '../../cli/parse/parse-project.ts';
import { buildPlan } from '../../cli/plan/build-plan.ts';
import type { Plan } from '../../cli/plan/plan.ts';
import { loadProject } from '../../cli/project/load-project.ts';
import { buildNames } from '../../cli/sql/build-names.ts';
import { relationSql } from '../../cli/sql/identifier.ts';
import { readComment, withoutComment } from '../../cli/warehouse/statement-comment.ts';
import type { ServerAddress } from '../support/server-address.ts';

/** Statements that belong together, in order, and the groups that must have ended before. */
export interface StatementGroup {
  readonly id: string;
  readonly after: readonly string[];
  readonly statements: readonly string[];
}

/**
 * Runs a build with the server's general log switched on and answers with its statements as the server
 * received them: those before the first step (what the server can do, the lock, the state, the catalog), those
 * of every step of the plan, which waits for the steps that it waits for in the build, each statement that drops
 * what steps have replaced, which waits for those, and those at the end. The rows of a seed come as one INSERT in
 * place of a file.
 */
export async function recordBuild(
  address: ServerAddress,
  project: string,
  build: () => Promise<unknown>,
): Promise<readonly StatementGroup[]> {
  const { host, port, user, password } = address;
  const admin = await createConnection({ host, port, user, password });
  try {
    await admin.query(`SET GLOBAL log_output = 'TABLE'`);
    await admin.query('TRUNCATE TABLE mysql.general_log');
    await admin.query('SET GLOBAL general_log = 1');
    await build();
    await admin.query('SET GLOBAL general_log = 0');
    const [rows] = await admin.query<RowDataPacket[]>(
      `SELECT CONVERT(argument USING utf8mb4) AS statement FROM mysql.general_log
       WHERE command_type = 'Query' AND argument LIKE '/* cortex:%' ORDER BY event_time`,
    );
    const plan = await planOf(project);
    const groups = grouped(
      rows.flatMap((row) => statementsOf(String(row['statement']))),
      plan,
    );
    const seeds = await seedInserts(admin, plan);
    return groups.map((group) => {
      const [create = '', ...rest] = group.statements;
      const insert = seeds.get(group.id);
      return insert === undefined ? group : { ...group, statements: [create, insert, ...rest] };
    });
  } finally {
    await admin.end();
  }
}

/** What fills the new version of each seed, made from the version that is published. */
async function seedInserts(admin: Connection, plan: Plan): Promise<ReadonlyMap<string, string>> {
  const inserts = new Map<string, string>();
  for (const { id, node } of plan.steps) {
    if (node.resourceType !== 'seed') continue;
    const { shadow } = buildNames(node.relation);
    const [rows] = await admin.query<RowDataPacket[][]>({
      sql: `SELECT * FROM ${relationSql(node.relation)}`,
      rowsAsArray: true,
    });
    inserts.set(id, format(`insert into ${relationSql(shadow)} values ?`, [rows]));
  }
  return inserts;
}

async function planOf(directory: string): Promise<Plan> {
  const { value: project } = await loadProject({ projectDir: directory, environment: {} });
  if (project === undefined) throw new Error(`no project in ${directory}`);
  const { value: manifest } = parseProject(project, { builtInTests: BUILT_IN_TEST_NAMES });
  const { value: graph } = await buildGraph(manifest);
  return buildPlan({ graph, selection: new Set(manifest.nodes.keys()), command: 'build' });
}

function grouped(statements: readonly string[], plan: Plan): StatementGroup[] {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  const groups = new Map<string, { after: readonly string[]; statements: string[] }>();
  const [before, end]: [string[], string[]] = [[], []];
  const dropped = new Set<string>();
  for (const statement of statements) {
    const sql = patient(withoutComment(statement));
    const id = readComment(statement)?.node ?? '';
    const step = steps.get(id);
    if (step !== undefined) {
      const sent = groups.get(id)?.statements ?? [];
      groups.set(id, {
        after: step.after.map((above) => above.id),
        statements: [...sent.filter((earlier) => !isAttemptAt(sql, earlier)), sql],
      });
    } else if (/^drop (?:table|view) `/.test(sql)) {
      const names = namesIn(sql);
      if (!names.some((name) => dropped.has(name))) {
        groups.set(sql, { after: replacing(names, groups), statements: [sql] });
      }
      for (const name of names) dropped.add(name);
    } else if (!sql.startsWith('load data ')) {
      (groups.size === 0 ? before : end).push(repeatable(sql));
    }
  }
  const ids = [...groups.keys()];
  return [
    { id: BEFORE, after: [], statements: before },
    ...[...groups].map(([id, { after, statements: sent }]) => ({
      id,
      after: [BEFORE, ...after.filter((above) => groups.has(above))],
      statements: sent,
    })),
    { id: END, after: ids, statements: end },
  ];
}

const BEFORE = 'before the first step';
const END = 'after the last step';

/** Of statements that were sent at once MariaDB's log has one entry, and MySQL's one for each. */
function statementsOf(entry: string): string[] {
  return entry.split(/;\s*(?=\/\* cortex:|$)/).filter((sql) => sql !== '');
}

/** The script sends the lease of one run again and again. */
function repeatable(sql: string): string {
  return sql.replace(/^insert into `__cortex_runs`/, 'replace into `__cortex_runs`');
}

/** A bare script does not try again: it waits for a locked table, as long as the server lets it. */
function patient(sql: string): string {
  return sql.replace(/^set statement lock_wait_timeout = 0 for /, '');
}

/** The log has refused attempts too; only the last attempt at a RENAME succeeded. */
function isAttemptAt(sql: string, sent: string): boolean {
  return sql === sent && sql.startsWith('rename ');
}

function namesIn(sql: string): readonly string[] {
  return sql.match(/(?:`[^`]+`\.)?`[^`]+`/g) ?? [];
}

/** The groups whose RENAME made these names. */
function replacing(
  names: readonly string[],
  groups: ReadonlyMap<string, { readonly statements: readonly string[] }>,
): string[] {
  return [...groups].flatMap(([id, { statements }]) =>
    statements.some((sql) => names.some((name) => sql.includes(` to ${name}`))) ? [id] : [],
  );
}
