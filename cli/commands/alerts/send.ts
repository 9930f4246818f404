import type { AlertChannel } from '../../project/alerts-config.ts';
import type { AlertMessage } from './message.ts';
import { messageText } from './message.ts';

/** Milliseconds that a channel may take. */
const PATIENCE_MS = 10_000;

/** A channel that did not take a message. Says why without its address, which may hold a credential. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** Sends a message through a channel. Throws NotSent. */
export async function sendMessage(
  channel: AlertChannel,
  message: AlertMessage,
  signal: AbortSignal,
): Promise<void> {
  switch (channel.type) {
    case 'slack':
      await sendToSlack(channel, message, signal);
      return;
    case 'webhook':
      await post(channel.url, message, { headers: channel.headers, signal });
      return;
    case 'email':
      await sendMail(channel, message);
  }
}

async function sendToSlack(
  channel: Extract<AlertChannel, { type: 'slack' }>,
  message: AlertMessage,
  signal: AbortSignal,
): Promise<void> {
  const text = escaped(messageText(message));
  if (channel.webhook_url !== undefined) {
    await post(channel.webhook_url, { text }, { headers: {}, signal });
    return;
  }
  const url = `${channel.origin ?? 'https://slack.com'}/api/chat.postMessage`;
  const headers = { authorization: `Bearer ${channel.token ?? ''}` };
  const answer = await post(url, { channel: channel.channel, text }, { headers, signal });
  const { ok, error } = answerOf(answer);
  if (ok !== true) throw new NotSent(`Slack answered \`${String(error).slice(0, 60)}\``);
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function answerOf(text: string): { readonly ok?: unknown; readonly error?: unknown } {
  try {
    return JSON.parse(text) as { ok?: unknown; error?: unknown };
  } catch {
    return { error: 'no JSON' };
  }
}

async function post(
  url: string,
  body: unknown,
  options: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { ...options.headers, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
  } catch (cause) {
    throw new NotSent('the server was not reached', { cause });
  }
  const text = await response.text().catch(() => '');
  if (!response.ok) throw new NotSent(`the server answered ${response.status}`);
  return text;
}

async function sendMail(
  {
    host,
    port,
    secure,
    starttls,
    user,
    password,
    from,
    to,
  }: Extract<AlertChannel, { type: 'email' }>,
  message: AlertMessage,
): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && starttls === 'required',
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
  });
  try {
    await transport.sendMail({
      from,
      to: [...to],
      subject: message.title,
      text: messageText(message),
    });
  } catch (cause) {
    throw new NotSent(`the mail server refused: ${codeOf(cause)}`, { cause });
  } finally {
    transport.close();
  }
}

/** nodemailer's own word, such as `EAUTH`; the server's text may quote what was sent. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
