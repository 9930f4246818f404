import { CortexError } from '../kernel/errors.ts';
import { plural } from '../kernel/format.ts';
import { cortexVersion } from '../platform/version.ts';
import type { Style } from '../report/style.ts';
import { createStyle, wantsColor } from '../report/style.ts';
import type { Check } from '../warehouse/diagnosis/check.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { serverTarget } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import { wrapped } from './wrap-text.ts';

/** `cortex debug`: everything that must hold before a build, checked one by one. */
export const debug: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const style = styleOf(session);
    let failures = 0;
    for await (const check of allChecks(session)) {
      if (check.status === 'fail') failures += 1;
      show(session, check, style);
    }
    session.note(
      failures === 0
        ? 'everything that a build needs is there'
        : `${plural(failures, 'check')} failed`,
    );
    return failures === 0 ? EXIT.good : EXIT.failed;
  });

async function* allChecks(session: ProjectSession): AsyncGenerator<Check> {
  if (!session.flags.connection) {
    yield {
      name: 'cortex',
      status: 'ok',
      detail: `${cortexVersion()} on Node ${process.versions.node}, ${process.platform}`,
    };
    yield await projectCheck(session);
  }
  const { target } = session.project;
  yield {
    name: 'target',
    status: 'ok',
    detail: `${target.name} (${target.type}, database ${target.database})`,
  };
  const server = await reached(session);
  if ('status' in server) {
    yield server;
    return;
  }
  const { diagnoseTarget } = await import('../warehouse/diagnosis/diagnose-target.ts');
  yield* diagnoseTarget(server);
}

async function projectCheck(session: ProjectSession): Promise<Check> {
  const { directory } = session.project;
  try {
    const { manifest } = await loadGraph(session);
    return {
      name: 'project',
      status: 'ok',
      detail: `${directory}: ${plural(manifest.nodes.size, 'node')}`,
    };
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    return failedBy(error, 'project', '`cortex parse` shows the places');
  }
}

/** The address of the target; a private server is started, and a failure of that is a check of its own. */
async function reached(
  session: ProjectSession,
): Promise<Awaited<ReturnType<typeof serverTarget>> | Check> {
  try {
    return await serverTarget(session);
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    return failedBy(error, 'server', '`cortex server logs` shows what the server said');
  }
}

function failedBy(error: CortexError, name: string, otherwise: string): Check {
  const [first] = error.diagnostics;
  return {
    name,
    status: 'fail',
    detail: first?.message ?? error.message,
    hint: first?.hint ?? otherwise,
  };
}

const VERBS = { ok: 'Fine', warn: 'Limited', fail: 'Failed' } as const;
const DETAIL_INDENT = ' '.repeat(11);

function show(session: ProjectSession, check: Check, style: Style): void {
  if (session.flags.json) {
    session.print(JSON.stringify(check));
    return;
  }
  if (session.flags.quiet && check.status === 'ok') return;
  const paint = { ok: style.good, warn: style.warn, fail: style.bad }[check.status];
  const lines = [`${paint(VERBS[check.status].padStart(10))} ${check.name}: ${check.detail}`];
  if (check.hint !== undefined) {
    lines.push(
      ...wrapped(check.hint, 90)
        .split('\n')
        .map((line) => `${DETAIL_INDENT}${style.accent(line)}`),
    );
  }
  session.world.stderr.write(`${lines.join('\n')}\n`);
}

function styleOf({ flags, world }: ProjectSession): Style {
  const facts = { isTerminal: world.stderr.isTTY === true, environment: world.environment };
  return createStyle(wantsColor(flags.color, facts));
}
