import type { JsonRecord } from '../../connectors/sdk/json.ts';
import type { Operation } from '../conversion/conversion.ts';
import { present } from '../conversion/present.ts';
import type { DestinationRequest } from '../conversion/request.ts';
import { digits } from './account-id.ts';

export interface GoogleAdsTarget {
  readonly customerId: string;
  readonly loginCustomerId: string | undefined;
  /** `v26`. */
  readonly apiVersion: string;
  readonly isTrial: boolean;
  readonly accessToken: string | undefined;
  readonly developerToken: string | undefined;
}

/** At most 2,000 elements; those that are invalid are named, the others taken. */
export function googleAdsRequest(
  events: readonly JsonRecord[],
  operation: Operation,
  target: GoogleAdsTarget,
): DestinationRequest {
  const { customerId, loginCustomerId, apiVersion, isTrial } = target;
  const customer = `https://googleads.googleapis.com/${apiVersion}/customers/${digits(customerId)}`;
  const trial = isTrial ? { validateOnly: true } : {};
  const body =
    operation === 'conversion'
      ? { conversions: events, partialFailure: true, ...trial }
      : { conversionAdjustments: events, partialFailure: true, ...trial };
  const method =
    operation === 'conversion' ? 'uploadClickConversions' : 'uploadConversionAdjustments';
  return {
    url: `${customer}:${method}`,
    headers: present({
      authorization: target.accessToken === undefined ? undefined : `Bearer ${target.accessToken}`,
      'developer-token': target.developerToken,
      'login-customer-id': loginCustomerId === undefined ? undefined : digits(loginCustomerId),
    }) as Readonly<Record<string, string>>,
    body,
  };
}
