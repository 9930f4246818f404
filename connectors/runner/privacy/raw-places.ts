import type { RawStreamShape } from '../../../cli/load/raw/raw-stream.ts';
import { readCatalog } from '../../../cli/warehouse/catalog.ts';
import type { Connection } from '../../../cli/warehouse/database.ts';
import { relationKey } from '../../../cli/manifest/relation.ts';
import type { PlatformDefinition, Stream } from '../../sdk/definition.ts';
import type { ConfiguredPlatform } from '../configured-platform.ts';
import { landedStream } from '../flatten/landed-stream.ts';
import { rawStreamShape } from '../flatten/raw-shape.ts';

/** The raw tables of one stream that stand in the server. */
export interface RawPlace {
  readonly definition: PlatformDefinition;
  readonly stream: Stream;
  readonly shape: RawStreamShape;
}

/** Raw tables of all streams of some platforms, those too that are switched off by now: their rows stay. */
export async function rawPlaces(
  connection: Connection,
  platforms: readonly ConfiguredPlatform[],
): Promise<readonly RawPlace[]> {
  const databases = [...new Set(platforms.map(({ place }) => place.database))];
  const catalog = await readCatalog(connection, databases);
  return platforms.flatMap(({ definition, streams, place }) =>
    definition.streams
      .map((stream) => {
        const mode = streams.find((one) => one.stream.name === stream.name)?.pii ?? 'keep';
        const shape = rawStreamShape(definition, stream, landedStream(stream, mode), place);
        return { definition, stream, shape };
      })
      .filter(({ shape }) => catalog.has(relationKey(shape.table.relation))),
  );
}
