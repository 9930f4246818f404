import type { Json } from '../kernel/json.ts';
import type { ExposureNode, ManifestNode, ModelNode, TestNode } from '../manifest/node.ts';
import { selectableConfig } from './selectable-config.ts';

/** A node with dbt's keys, for `ls --output json`. Keys that a kind does not have are absent. */
export function nodeRecord(node: ManifestNode): Readonly<Record<string, Json>> {
  return asJson({
    unique_id: node.id,
    resource_type: node.resourceType,
    package_name: node.packageName,
    name: node.name,
    ...relationFields(node),
    original_file_path: node.path,
    patch_path: node.patchPath ?? null,
    fqn: node.fqn,
    description: node.description,
    tags: node.tags,
    meta: node.meta,
    config: selectableConfig(node),
    unrendered_config: node.unrenderedConfig,
    columns: Object.fromEntries(
      node.columns.map(({ name, description, dataType, meta, tags, constraints }) => [
        name,
        { name, description, data_type: dataType ?? null, meta, tags, constraints },
      ]),
    ),
    group: node.group ?? null,
    checksum: { name: 'sha256', checksum: node.checksum },
    ...kindFields(node),
  });
}

function relationFields(node: ManifestNode): Record<string, unknown> {
  if (!('relation' in node)) return {};
  const { database: schema, name } = node.relation;
  if (node.resourceType === 'source') return { schema, identifier: name };
  return { database: null, schema, alias: node.resourceType === 'test' ? node.alias : name };
}

function kindFields(node: ManifestNode): Record<string, unknown> {
  switch (node.resourceType) {
    case 'model':
      return { ...dependsOn(node), ...modelFields(node) };
    case 'source':
      return {
        source_name: node.sourceName,
        source_description: node.sourceDescription,
        loader: node.loader,
        loaded_at_field: node.loadedAtField ?? null,
      };
    case 'seed':
      return { depends_on: { macros: node.macros } };
    case 'test':
      return { ...dependsOn(node), ...testFields(node) };
    case 'unit_test':
      return { ...dependsOn(node), model: node.model };
    case 'exposure':
      return { ...dependsOn(node), ...exposureFields(node) };
    case 'snapshot':
    case 'operation':
      return { ...dependsOn(node), raw_code: node.rawCode };
    case 'analysis':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return dependsOn(node);
  }
}

function dependsOn(node: ManifestNode) {
  return { depends_on: { macros: node.macros, nodes: node.dependsOn } };
}

function modelFields(node: ModelNode) {
  return {
    direct_parents: node.dependsOn,
    raw_code: node.rawCode,
    language: node.language,
    access: node.access,
    version: node.version ?? null,
    latest_version: node.latestVersion ?? null,
    deprecation_date: node.deprecationDate ?? null,
    constraints: node.constraints,
  };
}

function testFields(node: TestNode) {
  const metadata = {
    name: node.testName,
    namespace: node.testNamespace ?? null,
    kwargs: node.testArguments ?? {},
  };
  return {
    raw_code: node.rawCode,
    column_name: node.columnName ?? null,
    attached_node: node.attachedNode ?? null,
    ...(node.testName === undefined ? {} : { test_metadata: metadata }),
  };
}

function exposureFields(node: ExposureNode) {
  return {
    type: node.exposureType,
    label: node.label ?? null,
    url: node.url ?? null,
    maturity: node.maturity ?? null,
    owner: node.owner,
  };
}

/** Values of configurations come from YAML, so they are JSON once `undefined` is gone. */
function asJson(record: Readonly<Record<string, unknown>>): Readonly<Record<string, Json>> {
  return record as Readonly<Record<string, Json>>;
}
