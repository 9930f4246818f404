import { CortexError } from '../kernel/errors.ts';
import { plural } from '../kernel/format.ts';
import { outcome } from '../kernel/outcome.ts';
import { relationKey } from '../manifest/relation.ts';
import { interpolate } from '../project/interpolate.ts';
import type { SetupConfig } from '../project/setup-config.ts';
import { setupSchema } from '../project/setup-config.ts';
import { validate } from '../project/validate.ts';
import type { Database } from '../warehouse/database.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadManifest } from './load-graph.ts';
import { setupRefused } from './messages.ts';
import { serverTarget } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import type { SetupStatement } from './setup/setup-plan.ts';
import { setupPlan } from './setup/setup-plan.ts';

const CODES = { invalid: 'CX1101', unknownKey: 'CX1102' } as const;

/**
 * `cortex setup`: the databases of the project and the user of its dashboards. Calling it again changes nothing but
 * what was built since. What the account may not do is told as statements for an administrator.
 */
export const setup: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { dashboard } = setupSettings(session);
    const { manifest } = loadManifest(session);
    const target = await serverTarget(session);
    const { connectTarget } = await import('../warehouse/connect.ts');
    // In a database that always stands: with `--dry-run` none may be made.
    await using database = await connectTarget(
      { ...target, database: 'information_schema' },
      { runId: session.runId },
    );
    const standing = await relationsIn(database);
    const facts = { manifest, database: target.database, dashboard, standing };
    const { statements, later } = setupPlan(facts);
    for (const { shown } of statements) session.print(`${shown};`);
    if (session.flags.dryRun) return EXIT.good;
    const refused = await execute(database, statements);
    if (later.length > 0) {
      session.note(
        `${plural(later.length, 'table')} of the dashboards are not built yet: call \`cortex setup\` again after the first build`,
      );
    }
    if (refused.length > 0) throw new CortexError([setupRefused(refused)]);
    session.note('the databases and users that the project needs are there');
    return EXIT.good;
  });

function setupSettings(session: ProjectSession): SetupConfig {
  const { setup: section, target } = session.project;
  // Nobody but Cortex logs in to a private server.
  if (section === undefined || target.type === 'local') return {};
  const filled = session.check(
    interpolate(section.yaml, session.project.environment, section.file),
  );
  const { value = {}, diagnostics } = validate(setupSchema, filled, section.file, CODES);
  return session.check(outcome(value, diagnostics));
}

async function relationsIn(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.control.query(
    'select table_schema as in_database, table_name as name from information_schema.tables',
  );
  return new Set(
    rows.map((row) =>
      relationKey({ database: String(row['in_database']), name: String(row['name']) }),
    ),
  );
}

interface Refusal {
  /** As an administrator would send it. */
  readonly shown: string;
  readonly reason: string;
}

/** Sends all of them; the server's words about a statement with a password never leave this function. */
async function execute(
  database: Database,
  statements: readonly SetupStatement[],
): Promise<readonly Refusal[]> {
  const { DatabaseError } = await import('../warehouse/database-error.ts');
  const refused: Refusal[] = [];
  for (const { sql, shown } of statements) {
    try {
      await database.control.execute(sql);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      const reason = sql === shown ? error.message : `the server refuses it (${error.errno})`;
      refused.push({ shown, reason });
    }
  }
  return refused;
}
