import { compileContext, databasesOf } from './compile-context.ts';
import { compileSelected } from './compile-selected.ts';
import { CompileServer } from './compile-server.ts';
import { compileInline, refuseInlineWithSelection } from './inline.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { printSql } from './print-sql.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

/** `cortex compile`: the SQL of selected nodes as files, or of `--inline` on standard output. */
export const compile: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    refuseInlineWithSelection(session.flags);
    await using server = new CompileServer(session);
    const { inline } = session.flags;
    if (inline === undefined) await compileSelected(session, server);
    else await printInline(session, server, inline);
    return EXIT.good;
  });

async function printInline(
  session: ProjectSession,
  server: CompileServer,
  inline: string,
): Promise<void> {
  const { manifest } = await loadGraph(session);
  const context = compileContext(session, {
    manifest,
    database: await server.facts(),
    catalog: await server.catalog(databasesOf(manifest)),
  });
  const compiled = session.check(await compileInline(session, inline, context));
  printSql(session, 'inline', compiled.text);
}
