import { shipped } from './define.ts';
import type { ZoneOffset } from './zone-offsets.ts';
import { zoneOffsets } from './zone-offsets.ts';

export const localTime = shipped({
  name: 'local_time',
  description:
    'The local time of a UTC datetime in a named zone, daylight-saving time included. The rules of the zone are written into the SQL, so that the time-zone tables of the server are not needed. Exact from 1970 to 2050.',
  arguments: [
    { name: 'utc', type: 'expression', description: 'A datetime in UTC.' },
    {
      name: 'timezone',
      type: 'string',
      description: 'A name like `America/Sao_Paulo`; the time zone of the client unless given.',
      default: null,
    },
  ],
  sql(given, { client }) {
    const zone = given.has('timezone') ? given.text('timezone') : client['timezone'];
    if (zone === undefined)
      throw new Error('give `timezone`, or set the time zone of the client in the project file');
    const utc = given.sql('utc');
    return `(${utc} + interval ${search(utc, zoneOffsets(zone))} second)`;
  },
});

/** A balanced tree of comparisons, so that a row needs a handful of them whatever the number of changes. */
function search(utc: string, offsets: readonly ZoneOffset[]): string {
  const middle = offsets.length >> 1;
  const from = offsets[middle]?.from;
  if (from === undefined) return String(offsets[0]?.seconds ?? 0);
  const instant = new Date(from).toISOString().slice(0, 19).replace('T', ' ');
  const before = search(utc, offsets.slice(0, middle));
  const after = search(utc, [
    { from: undefined, seconds: offsets[middle]?.seconds ?? 0 },
    ...offsets.slice(middle + 1),
  ]);
  return `case when ${utc} < timestamp'${instant}' then ${before} else ${after} end`;
}
