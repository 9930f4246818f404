import type { Page } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { recordsIn } from '../sdk/records-at.ts';
import type { Days } from './days.ts';
import { isWithin } from './days.ts';
import type { Context, TrayList } from './list.ts';
import { readList, unwrapped } from './list.ts';
import { pathOf } from './path.ts';
import { scalarText } from '../sdk/scalar-text.ts';

export interface DetailRequest {
  readonly list: TrayList;
  /** Listed records that changed on other days are not asked for. */
  readonly days: Days;
  /** `orders/70011/complete` */
  readonly resourceOf: (id: string) => string;
  /** The wrapper of a detail that is taken off: `Customer`. */
  readonly wrapper?: string;
}

/** Reads a list, and each of its records by a call of its own: the list has only a part of them. */
export async function* readListedDetails(
  context: Context,
  request: DetailRequest,
): AsyncGenerator<Page, void> {
  /** What was read of each record: the list comes again when it moved. */
  const read = new Map<string, unknown>();
  for await (const { records, notices } of readList(context, request.list)) {
    const changed = records.filter(
      ({ id, modified }) =>
        isWithin(request.days, modified) && read.get(scalarText(id)) !== modified,
    );
    for (const { id, modified } of changed) read.set(scalarText(id), modified);
    const page = await readDetails(context, changed, request);
    yield notices === undefined ? page : { ...page, notices };
  }
}

/** The details of listed records; one that is gone meanwhile was deleted. */
async function readDetails(
  { http, account }: Context,
  listed: readonly JsonRecord[],
  { resourceOf, wrapper }: DetailRequest,
): Promise<Page> {
  const ids = listed.map(({ id }) => scalarText(id));
  const details = await Promise.all(
    ids.map((id) => http.send({ url: pathOf(account, resourceOf(id)) })),
  );
  return {
    records: recordsIn(
      details
        .flatMap((detail) => (typeof detail === 'string' ? [] : [detail.body]))
        .map((body) => (wrapper === undefined ? body : unwrapped(body, wrapper))),
      'details',
    ),
    deletedKeys: ids.filter((_id, index) => details[index] === 'gone').map((id) => [id]),
  };
}
