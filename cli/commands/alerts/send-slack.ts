import type { AlertChannel } from '../../project/alerts-config.ts';
import type { Chart } from './chart/render-chart.ts';
import type { AlertMessage } from './message.ts';
import { messageText } from './message.ts';
import { NotSent } from './not-sent.ts';
import { post, postJson } from './post.ts';

type SlackChannel = Extract<AlertChannel, { type: 'slack' }>;

/**
 * A webhook gets the text, with sparklines in place of the picture. A bot writes the text, then uploads the picture to
 * the channel that it wrote to; answers with what went wrong about the picture, since the text stands already.
 * Throws NotSent.
 */
export async function sendToSlack(
  channel: SlackChannel,
  message: AlertMessage,
  {
    chart,
    signal,
  }: { readonly chart: () => Promise<Chart | undefined>; readonly signal: AbortSignal },
): Promise<string | undefined> {
  if (channel.webhook_url !== undefined) {
    const text = escaped(messageText(message, { sparklines: true }));
    await postJson(channel.webhook_url, { text }, { headers: {}, signal });
    return undefined;
  }
  const text = escaped(messageText(message, { sparklines: false }));
  const slack = new SlackBot(channel, signal);
  const { channel: written } = await slack.callJson('chat.postMessage', {
    channel: channel.channel,
    text,
  });
  const picture = await chart();
  if (picture === undefined) return undefined;
  try {
    await slack.upload(picture, { channel: String(written), title: message.title });
    return undefined;
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    return `the picture was not taken: ${error.message}`;
  }
}

type Answer = Readonly<Record<string, unknown>>;

class SlackBot {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #signal: AbortSignal;

  constructor({ origin = 'https://slack.com', token = '' }: SlackChannel, signal: AbortSignal) {
    this.#origin = origin;
    this.#headers = { authorization: `Bearer ${token}` };
    this.#signal = signal;
  }

  async callJson(method: string, body: unknown): Promise<Answer> {
    return checked(await postJson(this.#url(method), body, this.#options()));
  }

  /** https://docs.slack.dev/messaging/working-with-files#uploading_files */
  async upload(
    { png }: Chart,
    { channel, title }: { readonly channel: string; readonly title: string },
  ): Promise<void> {
    const filename = 'chart.png';
    const form = new URLSearchParams({ filename, length: String(png.byteLength) });
    const place = checked(
      await post(this.#url('files.getUploadURLExternal'), form, this.#options()),
    );
    const bytes = new Uint8Array(png);
    const headers = { 'content-type': 'application/octet-stream' };
    await post(String(place['upload_url']), bytes, { headers, signal: this.#signal });
    const files = [{ id: place['file_id'], title }];
    await this.callJson('files.completeUploadExternal', { files, channel_id: channel });
  }

  #url(method: string): string {
    return `${this.#origin}/api/${method}`;
  }

  #options() {
    return { headers: this.#headers, signal: this.#signal };
  }
}

function checked(text: string): Answer {
  const answer = answerOf(text);
  if (answer['ok'] === true) return answer;
  throw new NotSent(`Slack answered \`${String(answer['error']).slice(0, 60)}\``);
}

function answerOf(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return { error: 'no JSON' };
  }
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
