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
  operation: Operation,
  target: GoogleAdsTarget,
): DestinationRequest {
  const { customerId, loginCustomerId, apiVersion, isTrial } = target;
  const customer = `https://googleads.googleapis.com/${apiVersion}/customers/${digits(customerId)}`;
  const method =
    operation === 'conversion' ? 'uploadClickConversions' : 'uploadConversionAdjustments';
  return {
    url: `${customer}:${method}`,
    headers: present({
      authorization: target.accessToken === undefined ? undefined : `Bearer ${target.accessToken}`,
      'developer-token': target.developerToken,
      'login-customer-id': loginCustomerId === undefined ? undefined : digits(loginCustomerId),
    }) as Readonly<Record<string, string>>,
    eventsKey: operation === 'conversion' ? 'conversions' : 'conversionAdjustments',
    more: { partialFailure: true, ...(isTrial ? { validateOnly: true } : {}) },
  };
}
