import type { RawStreamShape, RawTableShape } from '../../../cli/load/raw/raw-stream.ts';
import type { PlatformDefinition, Stream } from '../../sdk/definition.ts';
import type { LandedStream, LandedTable } from './landed-stream.ts';

/** Where the raw tables of a platform are. */
export interface RawPlace {
  readonly database: string;
  /** What table names begin with, before the stream's: `raw_nuvemshop_`. */
  readonly tablePrefix: string;
}

/** The tables of a stream, as `cli/load/raw` makes and fills them. */
export function rawStreamShape(
  platform: PlatformDefinition,
  stream: Stream,
  landed: LandedStream,
  place: RawPlace,
): RawStreamShape {
  const { hashedKey = false } = stream;
  return {
    platform: platform.name,
    stream: stream.name,
    version: platform.version,
    table: tableShape(stream.name, landed.table, place, hashedKey),
    indexes: stream.indexes ?? [],
    children: landed.children.map((child) => tableShape(child.name, child, place, hashedKey)),
    write:
      stream.write.mode === 'upsert'
        ? { mode: 'upsert', isVersioned: stream.versionBy !== undefined }
        : stream.write,
  };
}

function tableShape(
  name: string,
  { description, columns, key }: LandedTable,
  { database, tablePrefix }: RawPlace,
  hashedKey: boolean,
): RawTableShape {
  return {
    relation: { database, name: `${tablePrefix}${name}` },
    description,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      description: column.description,
    })),
    key,
    hashedKey,
  };
}
