import { present } from '../conversion/present.ts';
import type { DestinationRequest } from '../conversion/request.ts';
import { digits } from '../google-ads/account-id.ts';

export interface DataManagerTarget {
  /** The account that owns the conversion action; hyphens are left out. */
  readonly operatingAccountId: string;
  readonly loginAccountId: string | undefined;
  readonly conversionActionId: string;
  /** Checks events without keeping them. */
  readonly isTrial: boolean;
  readonly accessToken: string | undefined;
}

/** At most 2,000 events; one that is invalid refuses them all. */
export function dataManagerRequest(target: DataManagerTarget): DestinationRequest {
  const { operatingAccountId, loginAccountId, conversionActionId, isTrial, accessToken } = target;
  const account = (id: string) => ({ accountType: 'GOOGLE_ADS', accountId: digits(id) });
  return {
    url: 'https://datamanager.googleapis.com/v1/events:ingest',
    headers: accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` },
    eventsKey: 'events',
    more: present({
      destinations: [
        present({
          operatingAccount: account(operatingAccountId),
          loginAccount: loginAccountId === undefined ? undefined : account(loginAccountId),
          productDestinationId: conversionActionId,
        }),
      ],
      encoding: 'HEX',
      validateOnly: isTrial ? true : undefined,
    }),
  };
}
