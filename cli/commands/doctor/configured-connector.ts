import type { ConfiguredConnector } from '../../../connectors/registry.ts';
import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { ProjectSession } from '../session.ts';
import type { ReadConnectorsOptions } from '../sync/read-connectors.ts';
import { connectorNames, readConnectors } from '../sync/read-connectors.ts';

/** One connector of the project, or what is wrong with its settings. */
export async function configuredConnector(
  session: ProjectSession,
  name: string,
  options: Pick<ReadConnectorsOptions, 'withoutCredentials'> = {},
): Promise<ConfiguredConnector | CortexError | undefined> {
  try {
    const [connector] = await readConnectors(session, { names: new Set([name]), ...options });
    return connector;
  } catch (error) {
    if (error instanceof CortexError) return error;
    throw error;
  }
}

/** The platforms of the project, credentials or not, but for those whose settings are wrong. */
export async function knownPlatforms(
  session: ProjectSession,
): Promise<readonly ConfiguredPlatform[]> {
  const found: ConfiguredPlatform[] = [];
  for (const name of connectorNames(session)) {
    const connector = await configuredConnector(session, name, { withoutCredentials: true });
    if (connector === undefined || connector instanceof CortexError) continue;
    if (connector.platform !== undefined) found.push(connector.platform);
  }
  return found;
}
