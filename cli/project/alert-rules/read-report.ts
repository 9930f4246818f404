import { z } from 'zod';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { outcome } from '../../kernel/outcome.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { ColumnProperties } from '../../manifest/node.ts';
import { interpolate } from '../interpolate.ts';
import type { Project } from '../project.ts';
import { validate } from '../validate.ts';
import type { YamlPath, YamlValue } from '../yaml.ts';
import { entryOf, keySpanAt, spanAt, valueOf } from '../yaml.ts';
import type { Judged } from './judged-nodes.ts';
import { judgedNodes } from './judged-nodes.ts';
import type { MetricRule } from './metric-rule.ts';
import { metricRule } from './metric-rule.ts';
import { reportSchema } from './report-schema.ts';

const CODES = { invalid: 'CX7601', unknownKey: 'CX7601' } as const;
const SECTION = z.strictObject({ report: reportSchema });

/** What is shown of `rpt_daily_performance` unless the project says it. */
const COLUMNS = [
  'revenue',
  'orders',
  'aov',
  'sessions',
  'conversion_rate',
  'spend',
  'roas_blended',
  'cac_blended',
];

/**
 * The figures of the daily report, in its order: each as a rule that compares a column with the same weekday of the
 * last four weeks. Nothing where the project has no `alerts.report`.
 */
export function readReport(
  { alerts, environment, client }: Pick<Project, 'alerts' | 'environment' | 'client'>,
  manifest: Manifest,
): Outcome<readonly MetricRule[]> {
  const entry = alerts && entryOf(alerts.yaml, 'report');
  if (alerts === undefined || entry === undefined) return outcome([]);
  const section: YamlValue = { kind: 'map', entries: [entry], start: 0, end: 0 };
  const filled = interpolate(section, environment, alerts.file);
  const { value, diagnostics } = validate(SECTION, filled.value, alerts.file, CODES);
  if (value === undefined) return outcome([], [...filled.diagnostics, ...diagnostics]);
  const { model, day, columns } = value.report;
  const place = { yaml: filled.value, file: alerts.file };
  const nodes = judgedNodes(manifest);
  const node = nodes.find((one) => one.name === model);
  if (node === undefined || node.config.materialized === 'ephemeral') {
    return outcome([], [...filled.diagnostics, unknownModel(model, nodes, place)]);
  }
  const shown = columns ?? COLUMNS.filter((column) => isDeclared(node, column));
  const unknown = [day, ...shown].filter((column) => !isDeclared(node, column));
  const rules = shown.map((column) => figureOf(node, { day, column, locale: client.locale }));
  const found = unknown.map((column) => unknownColumn(column, node, place));
  return outcome(rules, [...filled.diagnostics, ...found]);
}

interface Place {
  readonly yaml: YamlValue;
  readonly file: string;
}

function isDeclared({ columns }: Judged, column: string): boolean {
  return (
    columns.length === 0 || columns.some(({ name }) => name.toLowerCase() === column.toLowerCase())
  );
}

function figureOf(
  node: Judged,
  {
    day,
    column,
    locale,
  }: { readonly day: string; readonly column: string; readonly locale: string },
): MetricRule {
  const declared = node.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase());
  const written = {
    model: node.name,
    column,
    day,
    change_pct: 100,
    direction: 'both',
    compare: 'same_weekday',
    where: {},
    minimum: {},
    missing: 'skip',
    label: labelOf(column, declared, locale),
  } as const;
  return metricRule(column, written, node.relation);
}

/** The Portuguese name of the properties where the client speaks it; else the column's name as words. */
function labelOf(column: string, declared: ColumnProperties | undefined, locale: string): string {
  const portuguese = declared?.meta['label_pt'];
  if (/^pt\b/i.test(locale) && typeof portuguese === 'string') return portuguese;
  const words = column.replaceAll('_', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function unknownModel(model: string, nodes: readonly Judged[], { yaml, file }: Place): Diagnostic {
  const isWritten = valueOf(valueOf(yaml, 'report'), 'model') !== undefined;
  return diagnostic('CX7604', `there is no model \`${model}\` for the daily report`, {
    span: isWritten ? spanAt(yaml, ['report', 'model'], file) : keySpanAt(yaml, [], 'report', file),
    hint: didYouMean(
      model,
      nodes.map(({ name }) => name),
    ),
  });
}

function unknownColumn(column: string, node: Judged, { yaml, file }: Place): Diagnostic {
  const known = node.columns.map(({ name }) => name);
  return diagnostic('CX7605', `\`${node.name}\` declares no column \`${column}\``, {
    span: spanAt(yaml, pathOf(column, yaml), file),
    hint: didYouMean(column, known) ?? 'declare the column in the properties of the model',
  });
}

function pathOf(column: string, yaml: YamlValue): YamlPath {
  const report = valueOf(yaml, 'report');
  const list = valueOf(report, 'columns');
  const index =
    list?.kind === 'list'
      ? list.items.findIndex((item) => item.kind === 'scalar' && item.value === column)
      : -1;
  if (index >= 0) return ['report', 'columns', index];
  return valueOf(report, 'day') === undefined ? ['report'] : ['report', 'day'];
}
