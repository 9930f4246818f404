import { CortexError } from '../../kernel/errors.ts';
import { plural } from '../../kernel/format.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { cortexVersion } from '../../platform/version.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { ok } from '../../warehouse/diagnosis/check.ts';
import { loadGraph } from '../load-graph.ts';
import { serverTarget } from '../open-database.ts';
import type { ProjectSession } from '../session.ts';

/** The versions of what runs here. */
export function programCheck(): Check {
  const detail = `${cortexVersion()} on Node ${process.versions.node}, ${process.platform}`;
  return ok('cortex', detail);
}

/** Whether the project can be read; its manifest where it can. */
export async function projectCheck(
  session: ProjectSession,
): Promise<{ readonly check: Check; readonly manifest?: Manifest }> {
  const { directory } = session.project;
  try {
    const { manifest } = await loadGraph(session);
    const check = ok('project', `${directory}: ${plural(manifest.nodes.size, 'node')}`);
    return { check, manifest };
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    return { check: failedBy(error, 'project', '`cortex parse` shows the places') };
  }
}

/** The target and the whole way to it, step by step; ends where the next step cannot be tried. */
export async function* targetChecks(session: ProjectSession): AsyncGenerator<Check> {
  const { target } = session.project;
  yield ok('target', `${target.name} (${target.type}, database ${target.database})`);
  const server = await reached(session);
  if ('status' in server) {
    yield server;
    return;
  }
  const { diagnoseTarget } = await import('../../warehouse/diagnosis/diagnose-target.ts');
  yield* diagnoseTarget(server);
}

/** The first thing that an error says, as a check that fails; `otherwise` is the hint where it gives none. */
export function failedBy(error: CortexError, name: string, otherwise: string): Check {
  const [first] = error.diagnostics;
  return {
    name,
    status: 'fail',
    detail: first?.message ?? error.message,
    hint: first?.hint ?? otherwise,
  };
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
