import type { Diagnostic } from '../cli/kernel/diagnostic.ts';
import { diagnostic } from '../cli/kernel/diagnostic.ts';
import type { Outcome } from '../cli/kernel/outcome.ts';
import { outcome } from '../cli/kernel/outcome.ts';
import { didYouMean, listOf } from '../cli/kernel/suggest.ts';
import type { FreeSection } from '../cli/project/project.ts';
import type { YamlEntry } from '../cli/project/yaml.ts';
import { keySpanAt } from '../cli/project/yaml.ts';
import type { Connector, ConnectorStream } from './connector.ts';
import type { ConfiguredPlatform } from './runner/configured-platform.ts';
import { credentialsFolder } from './runner/credentials/credentials-file.ts';
import type { OwnConnectors } from './runner/own-connectors.ts';
import { ownConnectors } from './runner/own-connectors.ts';
import type { PlatformDefinition } from './sdk/definition.ts';

/** Connectors that read files; each is loaded when a project uses it. */
const CONNECTORS: Readonly<Record<string, () => Promise<Connector>>> = {
  files: async () => (await import('./files/connector.ts')).files,
};

/** Platforms that the runner reads; each is loaded when a project uses it. */
const PLATFORMS: Readonly<Record<string, () => Promise<PlatformDefinition>>> = {
  nuvemshop: async () => (await import('./nuvemshop/platform.ts')).nuvemshop,
  tray: async () => (await import('./tray/platform.ts')).tray,
  shopify: async () => (await import('./shopify/platform.ts')).shopify,
  meta_ads: async () => (await import('./meta-ads/platform.ts')).metaAds,
  google_ads: async () => (await import('./google-ads/platform.ts')).googleAds,
  tiktok_ads: async () => (await import('./tiktok-ads/platform.ts')).tiktokAds,
  ga4: async () => (await import('./ga4/platform.ts')).ga4,
};

/** Names of all platforms that ship. */
export const platformNames: readonly string[] = Object.keys(PLATFORMS);

/** A platform that ships, or `undefined`. */
export async function loadPlatform(name: string): Promise<PlatformDefinition | undefined> {
  return Object.hasOwn(PLATFORMS, name) ? PLATFORMS[name]?.() : undefined;
}

/** A platform by its name: of the project's own folder, or one that ships; `undefined` where there is none. */
export async function findPlatform(
  name: string,
  project: Pick<ConnectorProject, 'directory' | 'targetPath'>,
): Promise<Outcome<PlatformDefinition | undefined>> {
  const own = ownConnectors(project);
  return own.has(name) ? own.load(name) : outcome(await loadPlatform(name));
}

/** A connector of the project: streams of files in the order of the project file, or a platform. */
export interface ConfiguredConnector {
  readonly name: string;
  readonly streams: readonly ConnectorStream[];
  readonly platform?: ConfiguredPlatform;
}

export interface ConnectorProject {
  /** Absolute. */
  readonly directory: string;
  /** The target's own database. */
  readonly database: string;
  /** Relative to the directory: `target`. */
  readonly targetPath?: string;
  /** Of `--client`. */
  readonly clientCode?: string | undefined;
  /** Streams and their tables only: what is written of accounts is not looked at. */
  readonly withoutAccounts?: boolean;
}

/** Reads `connectors` of a project: everything that is wrong in it, or all that can be synced. */
export async function configureConnectors(
  section: FreeSection | undefined,
  project: ConnectorProject,
): Promise<Outcome<readonly ConfiguredConnector[]>> {
  if (section === undefined) return outcome([]);
  const configured: ConfiguredConnector[] = [];
  const diagnostics: Diagnostic[] = [];
  const own = ownConnectors(project);
  const entries = section.yaml.kind === 'map' ? section.yaml.entries : [];
  for (const entry of entries) {
    const connector = await configureOne(entry, section, project, own);
    diagnostics.push(...connector.diagnostics);
    if (connector.value !== undefined) configured.push(connector.value);
  }
  return outcome(configured, diagnostics);
}

async function configureOne(
  { key, value }: YamlEntry,
  section: FreeSection,
  project: ConnectorProject,
  own: OwnConnectors,
): Promise<Outcome<ConfiguredConnector | undefined>> {
  const place = { yaml: value, file: section.file, ...project };
  if (Object.hasOwn(CONNECTORS, key)) {
    const connector = await CONNECTORS[key]?.();
    const streams = connector?.configure(place);
    return outcome({ name: key, streams: streams?.value ?? [] }, streams?.diagnostics);
  }
  const found = own.has(key) ? await own.load(key) : outcome(await loadPlatform(key));
  if (found.diagnostics.length > 0) return outcome(undefined, found.diagnostics);
  if (found.value === undefined) return outcome(undefined, [unknownConnector(key, section, own)]);
  const { configurePlatform } = await import('./runner/settings/configure-platform.ts');
  const platform = configurePlatform(found.value, {
    ...place,
    credentialsFolder: credentialsFolder(project.directory, project.clientCode),
  });
  return outcome(
    platform.value === undefined ? undefined : { name: key, streams: [], platform: platform.value },
    platform.diagnostics,
  );
}

function unknownConnector(name: string, section: FreeSection, own: OwnConnectors): Diagnostic {
  const known = [...Object.keys(CONNECTORS), ...platformNames, ...own.names];
  const names = listOf(
    known.map((connector) => `\`${connector}\``),
    'and',
  );
  return diagnostic('CX7014', `there is no connector \`${name}\``, {
    span: keySpanAt(section.yaml, [], name, section.file),
    hint: didYouMean(name, known) ?? `the connectors are ${names}`,
  });
}
