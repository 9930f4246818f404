import { prepareRawTables } from '../../cli/load/raw/prepare-raw-tables.ts';
import { systemClock } from '../../cli/platform/clock.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { loadPlatform } from '../../connectors/registry.ts';
import { landedStream } from '../../connectors/runner/flatten/landed-stream.ts';
import { rawStreamShape } from '../../connectors/runner/flatten/raw-shape.ts';
import { TABLE_DEFAULTS } from './load-settings.ts';
import type { TestDatabase } from './server.ts';

/** Makes the raw tables of platforms, all streams, as a first sync makes them and without a row. */
export async function emptyRawTables(
  { name, target }: Pick<TestDatabase, 'name' | 'target'>,
  platforms: readonly string[],
): Promise<void> {
  await using database = await connectTarget(target, { runId: 'raw-tables' });
  for (const platformName of platforms) {
    const platform = await loadPlatform(platformName);
    if (platform === undefined) throw new Error(`no platform ${platformName}`);
    const place = { database: name, tablePrefix: `raw_${platformName}_` };
    for (const stream of platform.streams) {
      const shape = rawStreamShape(platform, stream, landedStream(stream, 'hash'), place);
      await prepareRawTables(database, shape, {
        tableDefaults: TABLE_DEFAULTS,
        clock: systemClock,
      });
    }
  }
}
