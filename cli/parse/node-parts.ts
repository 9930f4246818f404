import type { Span } from '../kernel/span.ts';
import type { NodeConfig } from '../manifest/node-config.ts';
import type { ColumnProperties } from '../manifest/node.ts';
import type { NodeDeclaration } from '../project/properties/declarations.ts';
import type { ProjectFile } from '../project/project.ts';
import { columnsOf } from './columns.ts';
import { renderDescription } from './descriptions.ts';
import { unknownGroup } from './messages.ts';
import type { PlacedConfig, ResolvedConfig } from './resolve-config.ts';
import type { Workspace } from './workspace.ts';
import { spanOf } from './workspace.ts';

/** What a properties file says about a node, with the file that says it. */
export interface Described<T extends NodeDeclaration = NodeDeclaration> {
  readonly declaration: T;
  readonly file: ProjectFile;
}

/** The configuration of a properties entry, where there is one. */
export function propertiesConfig(described: Described | undefined): readonly PlacedConfig[] {
  if (described === undefined) return [];
  const { declaration, file } = described;
  return [{ values: declaration.config, span: spanOf(file, declaration.nameRange) }];
}

interface DescribedParts {
  readonly description: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly config: NodeConfig;
  readonly unrenderedConfig: Readonly<Record<string, unknown>>;
  readonly columns: readonly ColumnProperties[];
  readonly group?: string;
  readonly patchPath?: string;
}

/** The parts of a node that follow from its properties and its configuration. */
export function describedParts(
  described: Described | undefined,
  resolved: ResolvedConfig,
  span: Span,
  workspace: Workspace,
): DescribedParts {
  const { config, unrenderedConfig } = resolved;
  const packageName = described?.file.packageName ?? workspace.project.name;
  const group = groupOf(config, span, workspace);
  return {
    description: renderDescription(
      described?.declaration.description ?? '',
      packageName,
      span,
      workspace,
    ),
    ...tagsAndMeta(config),
    config,
    unrenderedConfig,
    columns: columnsOf(described?.declaration, described?.file, workspace),
    ...(group === undefined ? {} : { group }),
    ...(described === undefined ? {} : { patchPath: described.file.packagePath }),
  };
}

export function tagsAndMeta(config: NodeConfig): {
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, unknown>>;
} {
  return { tags: [...new Set(config.tags ?? [])], meta: config.meta ?? {} };
}

function groupOf(config: NodeConfig, span: Span, workspace: Workspace): string | undefined {
  const { group } = config;
  if (typeof group !== 'string') return undefined;
  const names = [...workspace.groups.values()].map(({ name }) => name);
  if (!names.includes(group)) workspace.diagnostics.push(unknownGroup(group, span, names));
  return group;
}
