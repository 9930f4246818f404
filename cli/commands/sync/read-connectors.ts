import type { ConfiguredConnector } from '../../../connectors/registry.ts';
import type { FreeSection } from '../../project/project.ts';
import { interpolate } from '../../project/interpolate.ts';
import { plainValue } from '../../project/yaml.ts';
import type { ProjectSession } from '../session.ts';

export interface ReadConnectorsOptions {
  /** Only these are looked at, so that another one's missing credentials stop nothing; all unless given. */
  readonly names?: ReadonlySet<string> | undefined;
  /** Variables that are not set stay as they are written: enough to know streams and tables. */
  readonly withoutCredentials?: boolean;
  /** Streams and their tables only: what is written of accounts is not looked at. */
  readonly withoutAccounts?: boolean;
}

/** The connectors of the project, with the environment put into their settings. Errors end the command. */
export async function readConnectors(
  session: ProjectSession,
  { names, withoutCredentials = false, withoutAccounts = false }: ReadConnectorsOptions = {},
): Promise<readonly ConfiguredConnector[]> {
  const { project } = session;
  if (project.connectors === undefined) return [];
  const section = onlyNamed(project.connectors, names);
  const filled = interpolate(section.yaml, project.environment, section.file);
  const yaml = withoutCredentials || withoutAccounts ? filled.value : session.check(filled);
  const { configureConnectors } = await import('../../../connectors/registry.ts');
  const configured = await configureConnectors(
    { yaml, value: plainValue(yaml), file: section.file },
    {
      directory: project.directory,
      database: project.target.database,
      targetPath: project.targetPath,
      clientCode: project.clientCode,
      withoutAccounts,
    },
  );
  return session.check(configured);
}

/** Names of all connectors that the project file configures. */
export function connectorNames({ project }: ProjectSession): readonly string[] {
  const yaml = project.connectors?.yaml;
  return yaml?.kind === 'map' ? yaml.entries.map(({ key }) => key) : [];
}

function onlyNamed(section: FreeSection, names: ReadonlySet<string> | undefined): FreeSection {
  if (names === undefined || section.yaml.kind !== 'map') return section;
  const entries = section.yaml.entries.filter(({ key }) => names.has(key));
  return { ...section, yaml: { ...section.yaml, entries } };
}
