import type Big from 'big.js';
import { plural } from '../../../kernel/format.ts';
import type { MetricRule } from '../../../project/alert-rules/metric-rule.ts';
import type { Finding } from './evaluate-rules.ts';

/** Sentences about metrics in the client's language: Portuguese for a locale such as `pt-BR`, else English. */
export interface RuleTexts {
  outOfRange(count: number, day: string): string;
  backInRange(count: number, day: string): string;
  /** One line that explains itself: day, value, expected value, change, limit and history. */
  line(finding: Finding): string;
  reportTitle(day: string): string;
  /** A figure of the daily report, and how it compares. */
  reportLine(finding: Finding): string;
  /** In place of the figures of a day that has none. */
  readonly noFigures: string;
}

/** `locale` is a BCP 47 tag, or empty. */
export function ruleTexts(locale: string): RuleTexts {
  const isPortuguese = /^pt\b/i.test(locale);
  const formats = formatsOf(isPortuguese ? locale : 'en');
  return isPortuguese ? portuguese(formats) : english(formats);
}

interface Formats {
  readonly number: (value: Big | undefined) => string;
  /** With a sign: `+36.0`. */
  readonly percent: (value: Big | undefined) => string;
  /** The limit with its direction: `+20`. */
  readonly limit: (rule: MetricRule) => string;
}

const SIGNS = { increase: '+', decrease: '-', both: '±' } as const;

function formatsOf(locale: string): Formats {
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const small = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const signed = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const limit = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  return {
    number: (value) => {
      if (value === undefined) return '–';
      const format = value.abs().lt(1) ? small : plain;
      // Texts of digits are formatted exactly.
      return format.format(value.toFixed() as `${number}`);
    },
    percent: (value) =>
      value === undefined ? '–' : signed.format(value.toFixed(1) as `${number}`),
    limit: ({ direction, changePct }) => `${SIGNS[direction]}${limit.format(changePct)}`,
  };
}

/** `CAC (Meta Ads)`. */
export function subjectOf({ rule, dimension }: Finding): string {
  return dimension === undefined ? rule.label : `${rule.label} (${dimension})`;
}

function english({ number, percent, limit }: Formats): RuleTexts {
  const history = ({ compare, periods }: MetricRule) =>
    compare === 'same_weekday'
      ? `median of the same weekday of the last ${periods} weeks`
      : `median of the last ${periods} days`;
  return {
    noFigures: 'there are no figures for this day: look whether the syncs and the build went well',
    reportTitle: (day) => `daily report of ${day}`,
    reportLine: (finding) => {
      const { value, expected, changePct } = finding.judgement;
      const usual =
        expected === undefined || value === undefined
          ? ''
          : ` (${percent(changePct)} %; usual for the weekday: ${number(expected)})`;
      return `${subjectOf(finding)}: ${number(value)}${usual}`;
    },
    outOfRange: (count, day) =>
      `${plural(count, 'metric')} out of ${count === 1 ? 'its' : 'their'} usual range on ${day}`,
    backInRange: (count, day) => `${plural(count, 'metric')} back in the usual range on ${day}`,
    line: (finding) => {
      const { rule, day, judgement } = finding;
      const past = judgement.history.map((one) => number(one.value)).join(', ');
      return `${subjectOf(finding)}: ${number(judgement.value)} on ${day}, expected ${number(judgement.expected)} (${percent(judgement.changePct)} %, limit ${limit(rule)} %); ${history(rule)}: ${past} (${rule.model}.${rule.column})`;
    },
  };
}

function portuguese({ number, percent, limit }: Formats): RuleTexts {
  const date = (day: string) => day.split('-').toReversed().join('/');
  const history = ({ compare, periods }: MetricRule) =>
    compare === 'same_weekday'
      ? `mediana do mesmo dia da semana nas últimas ${periods} semanas`
      : `mediana dos últimos ${periods} dias`;
  const metrics = (count: number) => (count === 1 ? '1 métrica' : `${count} métricas`);
  return {
    noFigures: 'não há números para este dia: veja se as sincronizações e o build terminaram bem',
    reportTitle: (day) => `relatório diário de ${date(day)}`,
    reportLine: (finding) => {
      const { value, expected, changePct } = finding.judgement;
      const usual =
        expected === undefined || value === undefined
          ? ''
          : ` (${percent(changePct)} %; normal para o dia da semana: ${number(expected)})`;
      return `${subjectOf(finding)}: ${number(value)}${usual}`;
    },
    outOfRange: (count, day) => `${metrics(count)} fora do esperado em ${date(day)}`,
    backInRange: (count, day) => `${metrics(count)} de volta ao normal em ${date(day)}`,
    line: (finding) => {
      const { rule, day, judgement } = finding;
      const past = judgement.history.map((one) => number(one.value)).join('; ');
      return `${subjectOf(finding)}: ${number(judgement.value)} em ${date(day)}, esperado ${number(judgement.expected)} (${percent(judgement.changePct)} %, limite ${limit(rule)} %); ${history(rule)}: ${past} (${rule.model}.${rule.column})`;
    },
  };
}
