import type { ManifestNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import type { FolderSection } from '../project/project-config.ts';
import { FOLDER_SECTIONS } from '../project/project-config.ts';
import { keySpanAt } from '../project/yaml.ts';
import { LONGEST_IDENTIFIER, relationSql } from '../sql/identifier.ts';
import { unusedFolders } from './folder-configs.ts';
import { duplicateRelation, nameTooLong, unusedFolder } from './messages.ts';
import type { LinkedNodes } from './link.ts';
import type { Workspace } from './workspace.ts';

/** What can only be judged when every node is known. */
export function checkNodes(nodes: LinkedNodes, workspace: Workspace): void {
  checkRelations(nodes.enabled.values(), workspace);
  checkFolders(nodes, workspace);
}

/** Every relation has one owner and a name that a server takes. */
function checkRelations(nodes: Iterable<ManifestNode>, workspace: Workspace): void {
  const owners = new Map<string, ManifestNode>();
  for (const node of nodes) {
    const relation = standingRelation(node);
    if (relation === undefined) continue;
    for (const [what, name] of [
      ['database', relation.database],
      ['name', relation.name],
    ] as const) {
      if (Array.from(name).length > LONGEST_IDENTIFIER) {
        workspace.diagnostics.push(nameTooLong(what, name, node.span));
      }
    }
    const key = relationKey(relation);
    const first = owners.get(key);
    if (first === undefined) owners.set(key, node);
    else if (first.resourceType !== 'source' || node.resourceType !== 'source') {
      workspace.diagnostics.push(duplicateRelation(relationSql(relation), first, node));
    }
  }
}

/** The relation of a node that stands in the database: not of ephemeral models, tests or hooks. */
function standingRelation(node: ManifestNode): Relation | undefined {
  if (node.resourceType === 'test' || !('relation' in node)) return undefined;
  return node.config.materialized === 'ephemeral' ? undefined : node.relation;
}

const SECTION_OF: Partial<Record<ManifestNode['resourceType'], FolderSection>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'tests',
  unit_test: 'unit_tests',
  source: 'sources',
  exposure: 'exposures',
};

/** Folders of the project file in which no node lies. */
function checkFolders({ enabled, disabled }: LinkedNodes, workspace: Workspace): void {
  const [root] = workspace.project.packages;
  if (root === undefined) return;
  const paths = new Map<FolderSection, (readonly string[])[]>(
    FOLDER_SECTIONS.map((section) => [section, []]),
  );
  for (const node of [...enabled.values(), ...disabled.values()]) {
    const section = SECTION_OF[node.resourceType];
    if (section !== undefined) paths.get(section)?.push(node.fqn);
  }
  for (const [section, fqns] of paths) {
    const folders = { tree: root.folderConfigs[section], projectName: root.name };
    if (Object.keys(folders.tree).length === 0) continue;
    for (const path of unusedFolders(folders, fqns)) {
      const span = keySpanAt(
        root.configYaml,
        [section, ...path.slice(0, -1)],
        path.at(-1) ?? '',
        root.configPath,
      );
      workspace.diagnostics.push(unusedFolder(path.join('.'), section, span));
    }
  }
}
