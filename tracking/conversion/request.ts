import type { JsonRecord } from '../../connectors/sdk/json.ts';

/** A batch as it goes out, apart from what proves who sends it. */
export interface DestinationRequest {
  /** `https://graph.facebook.com/v26.0/1234567890/events`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonRecord;
}
