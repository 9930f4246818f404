import type { Sweep } from '../sdk/definition.ts';
import type { NuvemshopAccount } from './account.ts';
import { readWindow } from './list.ts';
import { scalarText } from '../sdk/scalar-text.ts';

/** The platform opened in 2010: no record is older. */
const FIRST_DAY = Date.UTC(2010, 0, 1);
const MINUTE_MS = 60_000;

/**
 * The ids of all records that still exist: the platform tells of deleted products and customers only by
 * webhooks. Sliced by creation, since a query cannot reach past 10,000 items.
 */
export function idSweep(resource: string): Sweep<NuvemshopAccount> {
  return {
    everyDays: 7,
    yields: 'existing',
    async *read(context) {
      const window = { from: FIRST_DAY, to: context.startedAt + MINUTE_MS };
      const request = { resource, query: { fields: 'id' } };
      const pages = readWindow(context, request, { filter: 'created_at', ...window });
      for await (const { records } of pages)
        yield records.map((record) => [scalarText(record['id'])]);
    },
  };
}
