import type { JsonRecord } from '../../connectors/sdk/json.ts';

/** What goes out around the events of a batch, apart from what proves who sends it. */
export interface DestinationRequest {
  /** `https://graph.facebook.com/v26.0/1234567890/events`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The key of the body that lists the events. */
  readonly eventsKey: string;
  /** The other keys of the body. */
  readonly more: JsonRecord;
}

/** The body as it is sent, with events that are JSON in UTF-8 already. */
export function bodyBytes(
  { eventsKey, more }: Pick<DestinationRequest, 'eventsKey' | 'more'>,
  events: readonly Uint8Array[],
): Uint8Array {
  const others = Object.entries(more).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`,
  );
  const start = Buffer.from(`{${others.join('')}${JSON.stringify(eventsKey)}:[`);
  const listed = events.flatMap((event, index) => (index === 0 ? [event] : [COMMA, event]));
  return Buffer.concat([start, ...listed, END]);
}

const COMMA = Buffer.from(',');
const END = Buffer.from(']}');
