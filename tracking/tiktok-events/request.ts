import { present } from '../conversion/present.ts';
import type { DestinationRequest } from '../conversion/request.ts';

export interface TikTokTarget {
  readonly pixelCode: string;
  readonly testEventCode: string | undefined;
  readonly accessToken: string | undefined;
}

/** At most 1,000 events. Without its last slash the address does not exist. */
export function tikTokRequest({
  pixelCode,
  testEventCode,
  accessToken,
}: TikTokTarget): DestinationRequest {
  return {
    url: 'https://business-api.tiktok.com/open_api/v1.3/event/track/',
    headers: accessToken === undefined ? {} : { 'access-token': accessToken },
    eventsKey: 'data',
    more: present({
      event_source: 'web',
      event_source_id: pixelCode,
      test_event_code: testEventCode,
    }),
  };
}
