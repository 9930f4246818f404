import { compileText } from '../compile/compile-text.ts';
import type { OperationNode } from '../manifest/node.ts';
import { checked } from './build-version.ts';
import { describeFailure } from './failure.ts';
import type { RunTools } from './run-tools.ts';
import { stepSession } from './run-tools.ts';

/** Runs the project's hooks of a moment, in order. A failure is reported, ends them and answers `false`. */
export async function runOperations(
  when: OperationNode['when'],
  tools: RunTools,
): Promise<boolean> {
  const { runtime, sessions, state, reporting } = tools;
  const operations = [...runtime.graph.manifest.nodes.values()]
    .filter((node): node is OperationNode => node.resourceType === 'operation')
    .filter((operation) => operation.when === when)
    .toSorted((a, b) => a.index - b.index);
  for (const operation of operations) {
    const session = stepSession(tools, operation.id, await sessions.forWorker(0));
    try {
      const { rawCode: text, path: file, packageName } = operation;
      const sql = checked(compileText({ text, file, packageName }, state.compileContext()));
      if (sql.text.trim() !== '') await session.execute(sql);
    } catch (error) {
      reporting.problems(describeFailure(error, operation, session));
      return false;
    }
  }
  return true;
}
