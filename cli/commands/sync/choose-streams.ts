import type { ConnectorStream } from '../../../connectors/connector.ts';
import type { ConfiguredConnector } from '../../../connectors/registry.ts';
import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import { CortexError } from '../../kernel/errors.ts';
import { accountNotFound, connectorNotFound } from '../messages.ts';
import type { ProjectSession } from '../session.ts';
import type { ReadConnectorsOptions } from './read-connectors.ts';
import { connectorNames, readConnectors } from './read-connectors.ts';

/** A stream of a connector that reads files. */
export interface FileStreamOf {
  readonly connector: string;
  readonly stream: ConnectorStream;
}

/** What a command is about: platforms hold only the chosen streams and accounts. */
export interface ChosenStreams {
  readonly files: readonly FileStreamOf[];
  readonly platforms: readonly ConfiguredPlatform[];
}

/** What the words after the command (`nuvemshop`, `meta_ads.campaigns`) and `--accounts` choose; all without words. */
export async function chooseStreams(
  session: ProjectSession,
  wanted: readonly string[],
  options: Omit<ReadConnectorsOptions, 'names'> = {},
): Promise<ChosenStreams> {
  const known = connectorNames(session);
  if (known.length === 0) throw new CortexError([connectorNotFound('connectors', [])]);
  const names = new Set(wanted.map((word) => word.split('.', 1)[0] ?? word));
  for (const name of names) {
    if (!known.includes(name)) throw new CortexError([connectorNotFound(name, known)]);
  }
  const connectors = await readConnectors(session, {
    ...options,
    names: wanted.length === 0 ? undefined : names,
  });
  return onlyAccounts(onlyStreams(connectors, wanted), session.flags.accounts);
}

/** The streams that are named by a connector or as `connector.stream`. Throws CX7014 for a name of nothing. */
export function onlyStreams(
  connectors: readonly ConfiguredConnector[],
  wanted: readonly string[],
): ChosenStreams {
  const names = connectors.flatMap(({ name, streams, platform }) =>
    [...streams, ...(platform?.streams ?? []).map(({ stream }) => stream)].map(
      (stream) => `${name}.${stream.name}`,
    ),
  );
  const unknown = wanted.find((word) => word.includes('.') && !names.includes(word));
  if (unknown !== undefined) throw new CortexError([connectorNotFound(unknown, names)]);
  const isWanted = (connector: string, stream: string) =>
    wanted.length === 0 || wanted.includes(connector) || wanted.includes(`${connector}.${stream}`);
  const platforms = connectors.flatMap(({ name, platform }) =>
    platform === undefined
      ? []
      : [
          {
            ...platform,
            streams: platform.streams.filter(({ stream }) => isWanted(name, stream.name)),
          },
        ],
  );
  return {
    files: connectors.flatMap(({ name, streams }) =>
      streams
        .filter((stream) => isWanted(name, stream.name))
        .map((stream) => ({ connector: name, stream })),
    ),
    platforms: platforms.filter(({ streams }) => streams.length > 0),
  };
}

function onlyAccounts(chosen: ChosenStreams, wanted: readonly string[]): ChosenStreams {
  if (wanted.length === 0) return chosen;
  const known = chosen.platforms.flatMap(({ accounts }) => accounts.map(({ id }) => id));
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new CortexError([accountNotFound(unknown, known)]);
  const platforms = chosen.platforms.map((platform) => ({
    ...platform,
    accounts: platform.accounts.filter(({ id }) => wanted.includes(id)),
  }));
  return { files: [], platforms: platforms.filter(({ accounts }) => accounts.length > 0) };
}
