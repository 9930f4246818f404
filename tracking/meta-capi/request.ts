import type { DestinationRequest } from '../conversion/request.ts';
import { present } from '../conversion/present.ts';

export interface MetaTarget {
  readonly pixelId: string;
  /** `v26.0`. */
  readonly apiVersion: string;
  /** Shows events on the Test Events page. They count all the same. */
  readonly testEventCode: string | undefined;
  /** Stands in the body, so that no address ever holds it. */
  readonly accessToken: string | undefined;
}

/** At most 1,000 events; if one is invalid, none is taken. */
export function metaRequest({
  pixelId,
  apiVersion,
  testEventCode,
  accessToken,
}: MetaTarget): DestinationRequest {
  return {
    url: `https://graph.facebook.com/${apiVersion}/${pixelId}/events`,
    headers: {},
    eventsKey: 'data',
    more: present({ test_event_code: testEventCode, access_token: accessToken }),
  };
}
