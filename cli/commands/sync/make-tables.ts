import { landedStream } from '../../../connectors/runner/flatten/landed-stream.ts';
import { rawStreamShape } from '../../../connectors/runner/flatten/raw-shape.ts';
import { plural } from '../../kernel/format.ts';
import { prepareRawTables } from '../../load/raw/prepare-raw-tables.ts';
import type { Database } from '../../warehouse/database.ts';
import { EXIT } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import type { ChosenStreams } from './choose-streams.ts';
import { readTableDefaults } from './run-sync.ts';

/** `cortex sync --tables-only`: the raw tables of the platforms' streams, as a first sync makes them. */
export async function makeTables(
  session: ProjectSession,
  database: Database,
  { platforms }: ChosenStreams,
): Promise<number> {
  const { clock, signal } = session.world;
  const options = { tableDefaults: await readTableDefaults(database), clock, signal };
  let created = 0;
  for (const { definition, streams, place } of platforms) {
    for (const { stream, pii } of streams) {
      const shape = rawStreamShape(definition, stream, landedStream(stream, pii), place);
      created += (await prepareRawTables(database, shape, options)).created.length;
    }
  }
  session.note(`${plural(created, 'raw table')} made`);
  return EXIT.good;
}
