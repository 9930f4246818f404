import type { Column } from '../columns.ts';

/** The account's IANA zone, beside the local dates of a report that it gives their meaning. */
export function accountZone(): Column {
  return {
    type: 'varchar(64)',
    description: 'IANA zone of the account, in which the days of this row are meant',
    from: { of: 'value', value: () => undefined },
    read: (_, place) => place.timeZone,
  };
}
