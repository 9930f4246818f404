import type { AlertChannel } from '../../project/alerts-config.ts';
import type { Chart } from './chart/render-chart.ts';
import type { AlertMessage } from './message.ts';
import { postJson } from './post.ts';
import { sendMail } from './send-mail.ts';
import { sendToSlack } from './send-slack.ts';

/**
 * Sends a message through a channel, with a picture of its metrics where the channel takes one. Answers with what went
 * wrong beside the message itself: no picture holds it up. Throws NotSent.
 */
export async function sendMessage(
  channel: AlertChannel,
  message: AlertMessage,
  signal: AbortSignal,
): Promise<string | undefined> {
  let remark: string | undefined;
  const chart = async (): Promise<Chart | undefined> => {
    try {
      return await chartOf(message);
    } catch {
      remark = 'the picture could not be drawn';
      return undefined;
    }
  };
  switch (channel.type) {
    case 'slack':
      return (await sendToSlack(channel, message, { chart, signal })) ?? remark;
    case 'webhook': {
      const image = channel.image ? imageOf(await chart()) : undefined;
      const { locale: _locale, ...told } = message;
      await postJson(channel.url, { ...told, image }, { headers: channel.headers, signal });
      return remark;
    }
    case 'email':
      await sendMail(channel, message, await chart());
      return remark;
  }
}

async function chartOf({ figures = [], locale }: AlertMessage): Promise<Chart | undefined> {
  if (figures.length === 0) return undefined;
  const { renderChart } = await import('./chart/render-chart.ts');
  return renderChart(figures, locale);
}

/** The picture in a JSON message; absent without one. */
function imageOf(chart: Chart | undefined) {
  if (chart === undefined) return undefined;
  const { png, width, height } = chart;
  return { type: 'image/png', width, height, base64: Buffer.from(png).toString('base64') };
}
