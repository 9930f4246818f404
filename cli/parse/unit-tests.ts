import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { ModelNode, UnitTestNode, UnitTestRows } from '../manifest/node.ts';
import type { ProjectFile } from '../project/project.ts';
import type { Entry } from '../project/properties/declarations.ts';
import type { UnitTestInput } from '../project/properties/schema.ts';
import { renderDescription } from './descriptions.ts';
import type { DraftList } from './drafts.ts';
import { unknownRef } from './messages.ts';
import { tagsAndMeta } from './node-parts.ts';
import type { ResolveConfig } from './resolve-config.ts';
import type { Workspace } from './workspace.ts';
import { foldersOf, spanOf } from './workspace.ts';

interface Building {
  readonly list: DraftList;
  readonly workspace: Workspace;
  readonly resolveConfig: ResolveConfig;
}

/** Every unit test, one for each version of its model that it is meant for. */
export function addUnitTests(
  list: DraftList,
  workspace: Workspace,
  resolveConfig: ResolveConfig,
): void {
  const models = new Map<string, ModelNode[]>();
  for (const { node } of [...list.enabled.values(), ...list.disabled.values()]) {
    if (node.resourceType === 'model')
      models.set(node.name, [...(models.get(node.name) ?? []), node]);
  }
  for (const { file, declarations } of workspace.properties) {
    for (const test of declarations.unitTests) {
      const tested = testedModels(test.entry, models.get(test.entry.model) ?? [], file);
      if (tested.length === 0) {
        workspace.diagnostics.push(
          unknownRef(test.entry.model, spanOf(file, test.range), models.keys()),
        );
      }
      for (const model of tested) {
        if (model.config.enabled !== false)
          addUnitTest(test, model, file, { list, workspace, resolveConfig });
      }
    }
  }
}

function testedModels(
  entry: UnitTestInput,
  named: readonly ModelNode[],
  file: ProjectFile,
): readonly ModelNode[] {
  const { include, exclude } = entry.versions ?? {};
  const has = (versions: readonly (string | number)[], model: ModelNode): boolean =>
    versions.some((version) => String(version) === String(model.version));
  return named
    .filter(({ packageName }) => packageName === file.packageName)
    .filter((model) => include === undefined || has(include, model))
    .filter((model) => exclude === undefined || !has(exclude, model));
}

function addUnitTest(
  { entry, range }: Entry<UnitTestInput>,
  model: ModelNode,
  file: ProjectFile,
  { list, workspace, resolveConfig }: Building,
): void {
  const span = spanOf(file, range);
  const name = model.version === undefined ? entry.name : `${entry.name}_v${model.version}`;
  const fqn = [file.packageName, ...foldersOf(file), entry.model, name];
  const beside = {
    ...(entry.tags === undefined ? {} : { tags: entry.tags }),
    ...(entry.meta === undefined ? {} : { meta: entry.meta }),
  };
  const resolved = resolveConfig({
    section: 'unit_tests',
    packageName: file.packageName,
    fqn,
    defaults: { enabled: true },
    own: [
      { values: beside, span },
      { values: entry.config ?? {}, span },
    ],
  });
  const { overrides } = entry;
  const node: UnitTestNode = {
    id: `unit_test.${file.packageName}.${entry.model}.${name}`,
    resourceType: 'unit_test',
    name,
    packageName: file.packageName,
    fqn,
    path: file.packagePath,
    span,
    description: renderDescription(entry.description ?? '', file.packageName, span, workspace),
    ...tagsAndMeta(resolved.config),
    config: resolved.config,
    unrenderedConfig: resolved.unrenderedConfig,
    dependsOn: [model.id],
    macros: [],
    checksum: sha256(stableStringify(entry)),
    columns: [],
    model: entry.model,
    given: (entry.given ?? []).map(({ input, ...rows }) => ({ input, ...rowsOf(rows) })),
    expect: rowsOf(entry.expect),
    overrides: {
      ...(overrides?.macros === undefined ? {} : { macros: overrides.macros }),
      ...(overrides?.vars === undefined ? {} : { vars: overrides.vars }),
      ...(overrides?.env_vars === undefined ? {} : { envVars: overrides.env_vars }),
    },
  };
  list.add({ node, dependsOn: [], refs: [], sources: [] }, `unit tests \`${name}\``);
}

function rowsOf(rows: UnitTestInput['expect']): UnitTestRows {
  return {
    format: rows.format ?? 'dict',
    ...(rows.rows === undefined || rows.rows === null ? {} : { rows: rows.rows }),
    ...(rows.fixture === undefined ? {} : { fixture: rows.fixture }),
  };
}
