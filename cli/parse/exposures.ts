import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { ExposureNode, RefCall, SourceCall } from '../manifest/node.ts';
import type { ProjectFile } from '../project/project.ts';
import type { Entry } from '../project/properties/declarations.ts';
import type { ExposureInput } from '../project/properties/schema.ts';
import { renderDescription } from './descriptions.ts';
import type { DraftList } from './drafts.ts';
import { invalidRelationCall } from './messages.ts';
import { tagsAndMeta } from './node-parts.ts';
import { parseRelationCall } from './relation-call.ts';
import type { ResolveConfig } from './resolve-config.ts';
import type { Workspace } from './workspace.ts';
import { foldersOf, spanOf } from './workspace.ts';

/** Every exposure of the properties files. */
export function addExposures(
  list: DraftList,
  workspace: Workspace,
  resolveConfig: ResolveConfig,
): void {
  for (const { file, declarations } of workspace.properties) {
    for (const entry of declarations.exposures)
      addExposure(entry, file, { list, workspace, resolveConfig });
  }
}

interface Building {
  readonly list: DraftList;
  readonly workspace: Workspace;
  readonly resolveConfig: ResolveConfig;
}

function addExposure(
  { entry, range }: Entry<ExposureInput>,
  file: ProjectFile,
  building: Building,
): void {
  const { list, workspace } = building;
  const span = spanOf(file, range);
  const fqn = [file.packageName, ...foldersOf(file), entry.name];
  const beside = {
    ...(entry.tags === undefined ? {} : { tags: entry.tags }),
    ...(entry.meta === undefined ? {} : { meta: entry.meta }),
    ...(entry.enabled === undefined ? {} : { enabled: entry.enabled }),
  };
  const resolved = building.resolveConfig({
    section: 'exposures',
    packageName: file.packageName,
    fqn,
    defaults: { enabled: true },
    own: [
      { values: beside, span },
      { values: entry.config ?? {}, span },
    ],
  });
  const refs: RefCall[] = [];
  const sources: SourceCall[] = [];
  for (const text of entry.depends_on ?? []) {
    const call = parseRelationCall(text);
    if (call === undefined) workspace.diagnostics.push(invalidRelationCall(text, span));
    else if (call.kind === 'source') sources.push({ source: call.source, table: call.table, span });
    else {
      const { kind: _kind, ...parts } = call;
      refs.push({ ...parts, span });
    }
  }
  const dependsOn: string[] = [];
  const node: ExposureNode = {
    id: `exposure.${file.packageName}.${entry.name}`,
    resourceType: 'exposure',
    name: entry.name,
    packageName: file.packageName,
    fqn,
    path: file.packagePath,
    span,
    description: renderDescription(entry.description ?? '', file.packageName, span, workspace),
    ...tagsAndMeta(resolved.config),
    config: resolved.config,
    unrenderedConfig: resolved.unrenderedConfig,
    dependsOn,
    macros: [],
    checksum: sha256(stableStringify(entry)),
    columns: [],
    exposureType: entry.type,
    ...(entry.label === undefined ? {} : { label: entry.label }),
    ...(entry.url === undefined ? {} : { url: entry.url }),
    ...(entry.maturity === undefined ? {} : { maturity: entry.maturity }),
    owner: ownerOf(entry.owner),
  };
  list.add({ node, dependsOn, refs, sources }, `exposures \`${entry.name}\``);
}

/** An owner may have several addresses; the first stands for them. */
export function ownerOf(owner: ExposureInput['owner']): {
  readonly name?: string;
  readonly email?: string;
} {
  const email = typeof owner.email === 'string' ? owner.email : owner.email?.[0];
  return {
    ...(owner.name === undefined ? {} : { name: owner.name }),
    ...(email === undefined ? {} : { email }),
  };
}
