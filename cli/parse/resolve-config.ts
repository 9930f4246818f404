import type { Span } from '../kernel/span.ts';
import type { HookConfig, NodeConfig } from '../manifest/node-config.ts';
import { CONFIG_KEYS, checkNodeConfig } from '../project/node-config-schema.ts';
import type { ProjectPackage } from '../project/project.ts';
import type { FolderSection } from '../project/project-config.ts';
import { keySpanAt, spanAt } from '../project/yaml.ts';
import type { ConfigLevel } from './config-merge.ts';
import { mergeConfigs } from './config-merge.ts';
import type { FolderLevel } from './folder-configs.ts';
import { folderLevels } from './folder-configs.ts';
import { invalidConfig, unknownConfig } from './messages.ts';
import { renderConfig } from './render-config.ts';
import type { Workspace } from './workspace.ts';

/** Configuration with the place that answers for it. */
export interface PlacedConfig {
  readonly values: ConfigLevel;
  readonly span: Span;
}

interface ConfigInput {
  readonly section: FolderSection;
  readonly packageName: string;
  readonly fqn: readonly string[];
  readonly defaults: ConfigLevel;
  /** Weakest first: the properties file, then the file itself. */
  readonly own: readonly PlacedConfig[];
}

export interface ResolvedConfig {
  readonly config: NodeConfig;
  readonly unrenderedConfig: Readonly<Record<string, unknown>>;
}

export type ResolveConfig = (input: ConfigInput) => ResolvedConfig;

/**
 * Merges what configures a node, weakest first: defaults, folders of the node's own project file, its
 * properties, its file, and for a package's node the folders of the root project. Each level is checked
 * where it is written, folders once for all their nodes.
 */
export function createConfigResolver(workspace: Workspace): ResolveConfig {
  const [root] = workspace.project.packages;
  const byName = new Map(workspace.project.packages.map((each) => [each.name, each]));
  const rendered = new Map<FolderLevel, Map<string, ConfigLevel>>();

  const folderValues = (
    level: FolderLevel,
    owner: ProjectPackage,
    input: ConfigInput,
  ): ConfigLevel => {
    const perPackage = rendered.get(level) ?? new Map<string, ConfigLevel>();
    rendered.set(level, perPackage);
    const before = perPackage.get(input.packageName);
    if (before !== undefined) return before;
    const place = folderPlace(level, owner, input.section);
    const values = checked(
      { values: level.values, span: place.span },
      input.packageName,
      workspace,
      place.keySpan,
    );
    perPackage.set(input.packageName, values);
    return values;
  };

  const foldersOf = (
    owner: ProjectPackage | undefined,
    input: ConfigInput,
  ): { raw: ConfigLevel[]; values: ConfigLevel[] } => {
    if (owner === undefined) return { raw: [], values: [] };
    const tree = { tree: owner.folderConfigs[input.section], projectName: owner.name };
    const levels = folderLevels(tree, input.fqn);
    return {
      raw: levels.map(({ values }) => values),
      values: levels.map((level) => folderValues(level, owner, input)),
    };
  };

  const plain = new Map<ConfigLevel, ResolvedConfig>();
  /** What only defaults configure: one value for all, for most tests are so. */
  const plainConfig = (defaults: ConfigLevel): ResolvedConfig => {
    const known = plain.get(defaults);
    if (known !== undefined) return known;
    const made = { config: normalised(mergeConfigs([defaults])), unrenderedConfig: {} };
    plain.set(defaults, made);
    return made;
  };

  return (input) => {
    const owner = byName.get(input.packageName);
    const inner = foldersOf(owner, input);
    const outer = owner === root ? { raw: [], values: [] } : foldersOf(root, input);
    const isPlain = [
      ...inner.values,
      ...outer.values,
      ...input.own.map(({ values }) => values),
    ].every((level) => Object.keys(level).length === 0);
    if (isPlain) return plainConfig(input.defaults);
    const own = input.own.map((level) => checked(level, input.packageName, workspace));
    const merged = mergeConfigs([input.defaults, ...inner.values, ...own, ...outer.values]);
    const written = mergeConfigs([
      ...inner.raw,
      ...input.own.map(({ values }) => values),
      ...outer.raw,
    ]);
    return { config: normalised(merged), unrenderedConfig: written };
  };
}

function folderPlace(
  level: FolderLevel,
  owner: ProjectPackage,
  section: FolderSection,
): { span: Span; keySpan: (key: string) => Span } {
  const path = [section, ...level.path];
  const keySpan = (key: string): Span => {
    const plain = keySpanAt(owner.configYaml, path, key, owner.configPath);
    const plus = keySpanAt(owner.configYaml, path, `+${key}`, owner.configPath);
    return plus.end - plus.start < plain.end - plain.start ? plus : plain;
  };
  return { span: spanAt(owner.configYaml, path, owner.configPath), keySpan };
}

/** Evaluates the templates of a level and reports what is wrong with its values. */
function checked(
  level: PlacedConfig,
  packageName: string,
  workspace: Workspace,
  keySpan: (key: string) => Span = () => level.span,
): ConfigLevel {
  const keys = Object.keys(level.values);
  if (keys.length === 0) return level.values;
  const { diagnostics } = workspace;
  const place = {
    environment: workspace.environmentOf(packageName),
    packageName,
    span: level.span,
    diagnostics,
  };
  const values = renderConfig(level.values, place);
  const problems = checkNodeConfig(mergeConfigs([values]));
  for (const { key, complaint } of problems.invalid) {
    diagnostics.push(invalidConfig(key, complaint, keySpan(key)));
  }
  for (const key of problems.unknownKeys)
    diagnostics.push(unknownConfig(key, keySpan(key), CONFIG_KEYS));
  return values;
}

function normalised(merged: Record<string, unknown>): NodeConfig {
  const config: Record<string, unknown> = { ...merged };
  for (const key of ['pre_hook', 'post_hook']) {
    if (key in config) config[key] = hooksOf(config[key] as readonly unknown[]);
  }
  return config;
}

function hooksOf(written: readonly unknown[]): readonly HookConfig[] {
  return written.flatMap((hook) => {
    if (typeof hook === 'string') return [{ sql: hook }];
    return typeof hook === 'object' && hook !== null && 'sql' in hook ? [hook as HookConfig] : [];
  });
}
