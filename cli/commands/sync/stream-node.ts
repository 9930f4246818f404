import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import type { SyncPlace } from '../../../connectors/runner/sync/sync-event.ts';
import type { NodeDescription } from '../../events/run-event.ts';
import type { ChosenStreams, FileStreamOf } from './choose-streams.ts';

/** One stream of one account of a run, as it is reported. */
export interface StreamNode {
  readonly node: NodeDescription;
  /** Rows of a report are restated, not updated. */
  readonly isReport: boolean;
}

/** `stream.shop.nuvemshop.2981734.orders`: for machines, the same whatever else is configured. */
export function streamId(project: string, { platform, accountId, stream = '' }: SyncPlace): string {
  return `stream.${project}.${platform}.${accountId}.${stream}`;
}

/** `stream.shop.files.orders`. */
export function fileStreamId(project: string, { connector, stream }: FileStreamOf): string {
  return `stream.${project}.${connector}.${stream.name}`;
}

/** The nodes of a run by their ids, in the order of the project file. */
export function streamNodes(project: string, chosen: ChosenStreams): Map<string, StreamNode> {
  const files = chosen.files.map((file) => fileNode(project, file));
  const streams = chosen.platforms.flatMap((platform) => platformNodes(project, platform));
  return new Map([...files, ...streams].map((one) => [one.node.id, one]));
}

function fileNode(project: string, file: FileStreamOf): StreamNode {
  const { name, relation } = file.stream;
  const node: NodeDescription = {
    id: fileStreamId(project, file),
    resourceType: 'source',
    name: `${file.connector}.${name}`,
    kind: 'stream',
    relation: `${relation.database}.${relation.name}`,
  };
  return { node, isReport: false };
}

/** The account is part of the name where the platform has several. */
function platformNodes(project: string, platform: ConfiguredPlatform): StreamNode[] {
  const { definition, accounts, streams, place } = platform;
  return accounts.flatMap(({ id }) =>
    streams.map(({ stream }) => {
      const name = `${definition.name}.${stream.name}`;
      const node: NodeDescription = {
        id: streamId(project, {
          platform: definition.name,
          accountId: id,
          stream: stream.name,
        }),
        resourceType: 'source',
        name: accounts.length > 1 ? `${name} ${id}` : name,
        kind: 'stream',
        relation: `${place.database}.${place.tablePrefix}${stream.name}`,
      };
      return { node, isReport: stream.write.mode === 'replace_window' };
    }),
  );
}
