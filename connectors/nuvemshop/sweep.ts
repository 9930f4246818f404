import type { Sweep } from '../sdk/definition.ts';
import type { NuvemshopAccount } from './account.ts';
import { FIRST_DAY } from './api.ts';
import { readWindow } from './list.ts';
import { scalarText } from '../sdk/scalar-text.ts';

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
      const window = { from: Date.parse(FIRST_DAY), to: context.startedAt + MINUTE_MS };
      const request = { resource, query: { fields: 'id' } };
      const pages = readWindow(context, request, { filter: 'created_at', ...window });
      for await (const { records } of pages)
        yield records.map((record) => [scalarText(record['id'])]);
    },
  };
}
