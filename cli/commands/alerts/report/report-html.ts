import type { Chart } from '../chart/render-chart.ts';
import type { AlertMessage } from '../message.ts';

const STYLE =
  'body { font: 16px/1.5 sans-serif; margin: 2rem; color: #22303c } img { max-width: 100% }';

/** The daily report as one HTML file that needs no other: the picture is in it. */
export function reportHtml(
  { title, lines, locale }: AlertMessage,
  chart: Chart | undefined,
): string {
  const items = lines.map((line) => `<li>${escapedHtml(line)}</li>`);
  return [
    '<!doctype html>',
    `<html lang="${escapedHtml(locale === '' ? 'en' : locale)}">`,
    `<head><meta charset="utf-8"><title>${escapedHtml(title)}</title><style>${STYLE}</style></head>`,
    `<body><h1>${escapedHtml(title)}</h1>`,
    `<ul>${items.join('')}</ul>`,
    ...(chart === undefined ? [] : [imageOf(chart)]),
    '</body></html>',
    '',
  ].join('\n');
}

function imageOf({ png, width, height }: Chart): string {
  const data = Buffer.from(png).toString('base64');
  return `<img src="data:image/png;base64,${data}" width="${width}" height="${height}" alt="">`;
}

export function escapedHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
