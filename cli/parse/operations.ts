import { sha256 } from '../kernel/hash.ts';
import type { OperationNode } from '../manifest/node.ts';
import type { ProjectPackage } from '../project/project.ts';
import { spanAt } from '../project/yaml.ts';
import type { DraftList } from './drafts.ts';
import { analyseText } from './file-analysis.ts';
import type { Workspace } from './workspace.ts';

const WHEN = ['on-run-start', 'on-run-end'] as const;

/** The hooks of the run: those of packages first, the root project's last, as dbt runs them. */
export function addOperations(list: DraftList, workspace: Workspace): void {
  const { packages } = workspace.project;
  for (const owner of [...packages.slice(1), ...packages.slice(0, 1)]) {
    for (const when of WHEN) addHooks(owner, when, list, workspace);
  }
}

function addHooks(
  owner: ProjectPackage,
  when: OperationNode['when'],
  list: DraftList,
  workspace: Workspace,
): void {
  const key = when.replaceAll('-', '_');
  const hooks = when === 'on-run-start' ? owner.onRunStart : owner.onRunEnd;
  for (const [index, hook] of hooks.entries()) {
    const rawCode = typeof hook === 'string' ? hook : hook.sql;
    const place = spanAt(owner.configYaml, [key, index], owner.configPath);
    const source = { text: rawCode, path: owner.configPath, packageName: owner.name };
    const analysis = analyseText(source, place, workspace.environmentOf(owner.name));
    workspace.diagnostics.push(...analysis.diagnostics);
    const name = `${owner.name}-${when}-${index}`;
    const dependsOn: string[] = [];
    const node: OperationNode = {
      id: `operation.${owner.name}.${name}`,
      resourceType: 'operation',
      name,
      packageName: owner.name,
      fqn: [owner.name, 'hooks', name],
      path: owner.configPath,
      span: place,
      description: '',
      tags: [when],
      meta: {},
      config: { enabled: true },
      unrenderedConfig: {},
      dependsOn,
      macros: analysis.macros,
      checksum: sha256(rawCode),
      columns: [],
      when,
      index,
      rawCode,
    };
    list.add(
      { node, dependsOn, refs: analysis.refs, sources: analysis.sources },
      `hooks \`${name}\``,
    );
  }
}
