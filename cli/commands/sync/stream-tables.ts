import { landedStream } from '../../../connectors/runner/flatten/landed-stream.ts';
import { rawStreamShape } from '../../../connectors/runner/flatten/raw-shape.ts';
import type { ConfiguredConnector } from '../../../connectors/registry.ts';
import { relationKey } from '../../manifest/relation.ts';
import { fileStreamRun } from '../../warehouse/state/sync-key.ts';
import type { ProjectSession } from '../session.ts';
import { readConnectors } from './read-connectors.ts';

/** The stream that fills a table. */
export interface StreamOfTable {
  readonly connector: string;
  readonly stream: string;
  /** Ids of the accounts that the project reads; the table’s name for files. */
  readonly accounts: readonly string[];
  /** The stream’s name in the state of the sync. */
  readonly stateOf: string;
}

/** Which stream fills which raw table, by the table's key, children included; no credentials are needed. */
export async function streamTables(
  session: ProjectSession,
): Promise<ReadonlyMap<string, StreamOfTable>> {
  const connectors = await readConnectors(session, { withoutCredentials: true });
  return new Map(connectors.flatMap(tablesOf));
}

function tablesOf({ name, streams, platform }: ConfiguredConnector): [string, StreamOfTable][] {
  const files = streams.map((stream): [string, StreamOfTable] => {
    const { accountId, stream: stateOf } = fileStreamRun(stream.name, stream.relation);
    return [
      relationKey(stream.relation),
      { connector: name, stream: stream.name, accounts: [accountId], stateOf },
    ];
  });
  if (platform === undefined) return files;
  const accounts = platform.accounts.map(({ id }) => id);
  return platform.streams.flatMap(({ stream, pii }) => {
    const landed = landedStream(stream, pii);
    const shape = rawStreamShape(platform.definition, stream, landed, platform.place);
    return [shape.table, ...shape.children].map(({ relation }): [string, StreamOfTable] => [
      relationKey(relation),
      { connector: name, stream: stream.name, accounts, stateOf: stream.name },
    ]);
  });
}
