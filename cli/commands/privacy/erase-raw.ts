import { amendRows } from '../../../connectors/runner/privacy/amend-rows.ts';
import type { RawRow } from '../../../connectors/runner/privacy/read-records.ts';
import { hasMarks } from '../../../connectors/runner/pii/marks.ts';
import type { Spelling } from '../../../connectors/runner/pii/spellings.ts';
import { groupBy } from '../../kernel/group-by.ts';
import type { StreamKey } from '../../warehouse/state/sync-key.ts';
import { readTableDefaults } from '../sync/run-sync.ts';
import type { PersonRequest } from './open-request.ts';
import type { RowsOfTable } from './unfinished.ts';

/** Streams whose records can be a person's, of all accounts that were read. */
export async function personStreams({
  places,
  state,
}: PersonRequest): Promise<readonly StreamKey[]> {
  const known = await state.streams();
  return known
    .map(({ key }) => key)
    .filter((key) =>
      places.some(
        ({ definition, stream }) =>
          definition.name === key.platform && stream.name === key.stream && hasMarks(stream),
      ),
    );
}

/** Takes the person out of raw rows and their lists; tells how many of each table changed. */
export async function eraseRaw(
  request: PersonRequest,
  rows: readonly RawRow[],
  spellings: readonly Spelling[],
): Promise<readonly RowsOfTable[]> {
  const { database, state, session } = request;
  const tableDefaults = await readTableDefaults(database);
  const counts: RowsOfTable[] = [];
  for (const [place, ofPlace] of groupBy(rows, (row) => row.place)) {
    let changed = 0;
    for (const [accountId, own] of groupBy(ofPlace, (row) => row.accountId)) {
      const account = await state.account(place.definition.name, accountId);
      changed += await amendRows(
        { place, accountId, rows: own },
        {
          database,
          tableDefaults,
          clock: session.world.clock,
          signal: session.world.signal,
          timeZone: account?.timeZone ?? 'UTC',
          spellings,
        },
      );
    }
    counts.push({ relation: place.shape.table.relation, rows: changed });
  }
  return counts;
}
