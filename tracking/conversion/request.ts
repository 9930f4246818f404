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

/** The body as it is sent, with events that are JSON already: a thousand texts take less memory than their objects. */
export function bodyText(
  { eventsKey, more }: Pick<DestinationRequest, 'eventsKey' | 'more'>,
  events: readonly string[],
): string {
  const others = Object.entries(more).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  return `{${[...others, `${JSON.stringify(eventsKey)}:[${events.join(',')}]`].join(',')}}`;
}
