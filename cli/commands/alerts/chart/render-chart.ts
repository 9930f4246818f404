import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Resvg from '@resvg/resvg-wasm';
import type { RuleFigures } from '../rules/rule-figures.ts';
import {
  FONT,
  PANEL_HEIGHT,
  PANEL_WIDTH,
  chartSpec,
  ENGLISH,
  panelCount,
  PORTUGUESE,
} from './chart-spec.ts';

/** A picture as PNG. Width and height are what it is shown at; it has twice as many pixels each way. */
export interface Chart {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const PIXELS = 2;

/** Draws findings of metric rules; `undefined` without any. Needs neither a browser nor fonts of the system. */
export async function renderChart(
  figures: readonly RuleFigures[],
  locale: string,
): Promise<Chart | undefined> {
  if (figures.length === 0) return undefined;
  const [vega, resvg] = await Promise.all([import('vega'), loadResvg()]);
  const words = /^pt\b/i.test(locale) ? PORTUGUESE : ENGLISH;
  const view = new vega.View(vega.parse(chartSpec(figures, words)), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const drawn = new resvg.Resvg(svg, {
    fitTo: { mode: 'zoom', value: PIXELS },
    font: { fontBuffers: [await fontOf()], defaultFontFamily: FONT, loadSystemFonts: false },
  });
  const image = drawn.render();
  const png = image.asPng();
  image.free();
  drawn.free();
  return { png, width: PANEL_WIDTH, height: PANEL_HEIGHT * panelCount(figures) };
}

const require = createRequire(import.meta.url);

let loaded: Promise<typeof Resvg> | undefined;

/** Its machine code is loaded once for a process. */
async function loadResvg(): Promise<typeof Resvg> {
  loaded ??= (async () => {
    const resvg = await import('@resvg/resvg-wasm');
    await resvg.initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
    return resvg;
  })();
  return loaded;
}

async function fontOf(): Promise<Uint8Array> {
  return readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
}
