import { CortexError } from '../kernel/errors.ts';
import { plural } from '../kernel/format.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { compileContext, readManifestCatalog } from './compile-context.ts';
import { explainDatabaseErrors } from './database-problem.ts';
import { inlineTemplate } from './inline.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { macroCall } from './macro-call.ts';
import { flagsExclude, macroNotFound, missingArgument } from './messages.ts';
import { openDatabase } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

/** `cortex run-operation`: evaluates a macro, or `--sql`, and sends its statements in order. */
export const runOperation: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { manifest } = await loadGraph(session);
    const template = templateOf(session, manifest, invocation.arguments[0]);
    await using database = await openDatabase(session);
    const catalog = await readManifestCatalog(database, manifest);
    const { compileScript } = await import('../compile/compile-script.ts');
    const context = compileContext(session, { manifest, database, catalog });
    const statements = session.check(compileScript(inlineTemplate(session, template), context));
    await using connection = await database.connect();
    for (const statement of statements)
      await send(session, statement, connection.execute.bind(connection));
    session.note(`sent ${plural(statements.length, 'statement')}`);
    return EXIT.good;
  });

async function send(
  session: ProjectSession,
  statement: RenderedSql,
  execute: (sql: string, options: { signal: AbortSignal }) => Promise<unknown>,
): Promise<void> {
  const { signal } = session.world;
  await explainDatabaseErrors(statement, async () => execute(statement.text, { signal }));
}

/** A call of the macro with its arguments, as a template would write it. */
function templateOf(
  session: ProjectSession,
  manifest: Manifest,
  macro: string | undefined,
): string {
  const { sql, args } = session.flags;
  if (sql !== undefined) {
    if (macro !== undefined) throw new CortexError([flagsExclude(macro, '--sql')]);
    return sql;
  }
  if (macro === undefined) throw new CortexError([missingArgument('macro', 'run-operation')]);
  const names = [...manifest.macros.values()].flatMap(({ name, packageName }) => [
    name,
    `${packageName}.${name}`,
  ]);
  if (!names.includes(macro)) throw new CortexError([macroNotFound(macro, names)]);
  return macroCall(macro, args);
}
