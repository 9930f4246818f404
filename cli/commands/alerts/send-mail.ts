import type { AlertChannel } from '../../project/alerts-config.ts';
import type { Chart } from './chart/render-chart.ts';
import type { AlertMessage } from './message.ts';
import { messageText } from './message.ts';
import { NotSent } from './not-sent.ts';
import { PATIENCE_MS } from './post.ts';
import { escapedHtml } from './report/report-html.ts';

const CHART_ID = 'chart@cortex';

/** Sends a mail: plain text, and where there is a picture also HTML that shows it. Throws NotSent. */
export async function sendMail(
  channel: Extract<AlertChannel, { type: 'email' }>,
  message: AlertMessage,
  chart: Chart | undefined,
): Promise<void> {
  const { host, port, secure, starttls, user, password, from, to } = channel;
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
  const text = messageText(message, { sparklines: false });
  try {
    await transport.sendMail({
      from,
      to: [...to],
      subject: message.title,
      text,
      ...(chart === undefined ? {} : withPicture(text, chart)),
    });
  } catch (cause) {
    throw new NotSent(`the mail server refused: ${codeOf(cause)}`, { cause });
  } finally {
    transport.close();
  }
}

function withPicture(text: string, { png, width, height }: Chart) {
  const image = `<img src="cid:${CHART_ID}" width="${width}" height="${height}" alt="">`;
  const lines = text.split('\n').map((line) => `<p>${escapedHtml(line)}</p>`);
  const attachment = {
    filename: 'chart.png',
    content: Buffer.from(png),
    contentType: 'image/png',
    cid: CHART_ID,
  };
  return { html: [...lines, image].join('\n'), attachments: [attachment] };
}

/** nodemailer's own word, such as `EAUTH`; the server's text may quote what was sent. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
