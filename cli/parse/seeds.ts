import type { SeedNode } from '../manifest/node.ts';
import { DescribedNodes } from './described-nodes.ts';
import type { DraftList } from './drafts.ts';
import { hookReferences } from './hooks.ts';
import { describedParts, propertiesConfig } from './node-parts.ts';
import { relationOf } from './relation-names.ts';
import type { ResolveConfig } from './resolve-config.ts';
import type { Workspace } from './workspace.ts';
import { fileSpan, foldersOf, spanOf, stemOf } from './workspace.ts';

const DEFAULTS = { enabled: true, materialized: 'seed' };

/** Every CSV file of the seed folders. */
export function addSeeds(
  list: DraftList,
  workspace: Workspace,
  resolveConfig: ResolveConfig,
): void {
  const described = new DescribedNodes('seed', workspace, ({ declarations }) => declarations.seeds);
  const names = new Set<string>();
  for (const file of workspace.project.packages.flatMap(({ files }) => files)) {
    if (file.kind !== 'seed') continue;
    const name = stemOf(file);
    names.add(name);
    const properties = described.get(file.packageName, name);
    const fqn = [file.packageName, ...foldersOf(file), name];
    const resolved = resolveConfig({
      section: 'seeds',
      packageName: file.packageName,
      fqn,
      defaults: DEFAULTS,
      own: propertiesConfig(properties),
    });
    const place =
      properties === undefined
        ? fileSpan(file)
        : spanOf(properties.file, properties.declaration.nameRange);
    const hooks = hookReferences(resolved.config, file, workspace);
    const dependsOn: string[] = [];
    const node: SeedNode = {
      id: `seed.${file.packageName}.${name}`,
      resourceType: 'seed',
      name,
      packageName: file.packageName,
      fqn,
      path: file.packagePath,
      span: fileSpan(file),
      ...describedParts(properties, resolved, place, workspace),
      dependsOn,
      macros: [...new Set(hooks.macros)],
      checksum: workspace.project.checksums.of(file),
      relation: relationOf({ name }, resolved.config, workspace.rule),
      constraints: [],
      csvPath: file.absolutePath,
    };
    list.add({ node, dependsOn, refs: hooks.refs, sources: hooks.sources }, `seeds \`${name}\``);
    if (properties !== undefined) {
      const { declaration } = properties;
      const tests = [
        ...declaration.tests,
        ...declaration.columns.flatMap((column) => column.tests),
      ];
      list.tested.push({ node, tests, file: properties.file });
    }
  }
  described.reportUnused(names, workspace);
}
