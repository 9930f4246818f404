import { compileText } from '../compile/compile-text.ts';
import type { CompileContext } from '../compile/context.ts';
import type { HookConfig } from '../manifest/node-config.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { checked } from './build-version.ts';
import type { StepSession } from './step-session.ts';

/** When a hook of a node runs. `after`: once the new version is published. */
export type HookMoment = 'before' | 'built' | 'after';

export function hooksAt(node: ManifestNode, moment: HookMoment): readonly HookConfig[] {
  if (moment === 'before') return node.config.pre_hook ?? [];
  const post = node.config.post_hook ?? [];
  return post.filter((hook) => (hook.transaction !== false) === (moment === 'built'));
}

/** Evaluates and sends the hooks of a moment, in the order in which they were written. */
export async function runHooks(
  node: ManifestNode,
  moment: HookMoment,
  session: StepSession,
  context: CompileContext,
): Promise<void> {
  for (const hook of hooksAt(node, moment)) {
    const sql = checked(
      compileText(
        { text: hook.sql, file: node.path, packageName: node.packageName, node },
        context,
      ),
    );
    if (sql.text.trim() !== '') await session.execute(sql);
  }
}
