import type { Data, Scale, Spec } from 'vega';
import type { RuleFigures } from '../rules/rule-figures.ts';

/** Pixels of a panel at the usual size; pictures are drawn at twice that, for sharp screens. */
export const PANEL_WIDTH = 600;
export const PANEL_HEIGHT = 170;
/** Panels that a picture has at most. */
const MOST_PANELS = 6;
export const FONT = 'DejaVu Sans';

const LEFT = 60;
const RIGHT = 16;
const TOP = 34;
const BOTTOM = 26;
const COLOURS = {
  line: '#5b7083',
  expected: '#2f7d5b',
  out: '#c0392b',
  text: '#22303c',
  grid: '#e6eaee',
};

/** How days and numbers of a picture are written. */
interface ChartWords {
  readonly dateFormat: string;
  readonly decimal: string;
  readonly thousands: string;
}

export const ENGLISH: ChartWords = { dateFormat: '%b %d', decimal: '.', thousands: ',' };
export const PORTUGUESE: ChartWords = { dateFormat: '%d/%m', decimal: ',', thousands: '.' };

/** How many panels a picture of these figures has. */
export function panelCount(figures: readonly RuleFigures[]): number {
  return Math.min(figures.length, MOST_PANELS);
}

/**
 * A picture with a panel for each finding: its days as a line, what it was compared with as rings, the expected value
 * as a dashed line and the day that was judged as a dot. Numbers are doubles here: a picture has few digits.
 */
export function chartSpec(figures: readonly RuleFigures[], words: ChartWords): Spec {
  const shown = figures.slice(0, MOST_PANELS);
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    width: PANEL_WIDTH,
    height: PANEL_HEIGHT * shown.length,
    autosize: 'none',
    padding: 0,
    background: '#ffffff',
    config: {
      locale: {
        number: {
          decimal: words.decimal,
          thousands: words.thousands,
          grouping: [3],
          currency: ['', ''],
        },
      },
      axis: {
        labelFont: FONT,
        labelColor: COLOURS.text,
        domainColor: COLOURS.grid,
        tickColor: COLOURS.grid,
        gridColor: COLOURS.grid,
        labelFontSize: 10,
      },
      title: {
        font: FONT,
        color: COLOURS.text,
        fontSize: 12,
        anchor: 'start',
        fontWeight: 'normal',
      },
    },
    marks: shown.map((one, index) => panel(one, index, words)),
  };
}

type Mark = NonNullable<Spec['marks']>[number];
type Panel = Extract<Mark, { type: 'group' }>;

const WIDTH = PANEL_WIDTH - LEFT - RIGHT;
const HEIGHT = PANEL_HEIGHT - TOP - BOTTOM;

function panel(figures: RuleFigures, index: number, words: ChartWords): Panel {
  return {
    type: 'group',
    encode: {
      enter: {
        x: { value: LEFT },
        y: { value: index * PANEL_HEIGHT + TOP },
        width: { value: WIDTH },
        height: { value: HEIGHT },
      },
    },
    // Grid lines end where the panel does.
    signals: [
      { name: 'width', value: WIDTH },
      { name: 'height', value: HEIGHT },
    ],
    title: { text: titleOf(figures, words), offset: 10, limit: WIDTH },
    data: dataOf(figures),
    scales: SCALES,
    axes: [
      { scale: 'x', orient: 'bottom', format: words.dateFormat, tickCount: 6, labelOverlap: true },
      {
        scale: 'y',
        orient: 'left',
        tickCount: 4,
        grid: true,
        domain: false,
        ticks: false,
        format: '~s',
      },
    ],
    marks: [
      EXPECTED,
      LINE,
      dots('past', COLOURS.expected, false),
      dots('judged', COLOURS.out, true),
    ],
  };
}

function dataOf({ series, history, day, value, expected }: RuleFigures): Data[] {
  const compared = new Set(history.map((past) => past.day));
  const past = series.filter((one) => compared.has(one.day));
  return [
    { name: 'days', values: series.map((one) => pointOf(one.day, one.value)) },
    { name: 'past', values: past.map((one) => pointOf(one.day, one.value)) },
    { name: 'judged', values: [pointOf(day, value)] },
    { name: 'expected', values: expected === null ? [] : [{ value: numberOf(expected) }] },
  ];
}

const SCALES: Scale[] = [
  { name: 'x', type: 'utc', range: [0, WIDTH], domain: { data: 'days', field: 'at' } },
  {
    name: 'y',
    type: 'linear',
    range: [HEIGHT, 0],
    nice: true,
    zero: false,
    domain: {
      fields: ['days', 'expected', 'judged'].map((data) => ({ data, field: 'value' })),
    },
  },
];

const EXPECTED: Mark = {
  type: 'rule',
  from: { data: 'expected' },
  encode: {
    enter: {
      x: { value: 0 },
      x2: { value: WIDTH },
      y: { scale: 'y', field: 'value' },
      stroke: { value: COLOURS.expected },
      strokeDash: { value: [5, 3] },
    },
  },
};

const LINE: Mark = {
  type: 'line',
  from: { data: 'days' },
  encode: {
    enter: {
      x: { scale: 'x', field: 'at' },
      y: { scale: 'y', field: 'value' },
      defined: { signal: 'isValid(datum.value)' },
      stroke: { value: COLOURS.line },
      strokeWidth: { value: 1.5 },
    },
  },
};

function dots(data: string, colour: string, isFilled: boolean): Mark {
  return {
    type: 'symbol',
    from: { data },
    encode: {
      enter: {
        x: { scale: 'x', field: 'at' },
        y: { scale: 'y', field: 'value' },
        size: { value: isFilled ? 60 : 36 },
        fill: { value: isFilled ? colour : '#ffffff' },
        stroke: { value: colour },
        opacity: { signal: 'isValid(datum.value) ? 1 : 0' },
      },
    },
  };
}

function pointOf(day: string, value: string | null) {
  return { at: Date.parse(`${day}T00:00:00Z`), value: numberOf(value) };
}

function numberOf(value: string | null): number | null {
  return value === null ? null : Number(value);
}

function titleOf(
  { label, dimension, change_pct: change }: RuleFigures,
  { decimal }: ChartWords,
): string {
  const subject = dimension === null ? label : `${label} · ${dimension}`;
  if (change === null) return subject;
  const digits = Number(change).toFixed(1).replace('.', decimal);
  return `${subject}: ${digits.startsWith('-') ? '' : '+'}${digits} %`;
}
