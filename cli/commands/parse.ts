import { plural } from '../kernel/format.ts';
import { readReport } from '../project/alert-rules/read-report.ts';
import { readRules } from '../project/alert-rules/read-rules.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { withProject } from './session.ts';
import { writeManifest } from './write-artifacts.ts';

/** `cortex parse`: checks the whole project and writes the manifest. */
export const parse: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { manifest } = await loadGraph(session);
    session.check(readRules(session.project, manifest));
    session.check(readReport(session.project, manifest));
    writeManifest(session, manifest, new Map());
    session.note(`the project is well formed: ${plural(manifest.nodes.size, 'node')}`);
    return EXIT.good;
  });
