import { z } from 'zod';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { outcome } from '../../kernel/outcome.ts';
import type { Span } from '../../kernel/span.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { interpolate } from '../interpolate.ts';
import type { Project } from '../project.ts';
import { validate } from '../validate.ts';
import type { YamlValue } from '../yaml.ts';
import { entryOf, keySpanAt, spanAt } from '../yaml.ts';
import type { Judged } from './judged-nodes.ts';
import { judgedNodes } from './judged-nodes.ts';
import type { MetricRule } from './metric-rule.ts';
import { columnsOf, metricRule } from './metric-rule.ts';
import type { WrittenRule } from './rule-schema.ts';
import { rulesSchema } from './rule-schema.ts';
import { shortNames, shortRule } from './short-rules.ts';

const CODES = { invalid: 'CX7601', unknownKey: 'CX7601' } as const;
const SECTION = z.strictObject({ rules: rulesSchema });

/**
 * The metric rules of the project, each with its model. Columns are looked up among those that a properties file
 * declares; those of a model that declares none are looked up in the database, when they are read.
 */
export function readRules(
  { alerts, environment }: Pick<Project, 'alerts' | 'environment'>,
  manifest: Manifest,
): Outcome<readonly MetricRule[]> {
  const entry = alerts && entryOf(alerts.yaml, 'rules');
  if (alerts === undefined || entry === undefined) return outcome([]);
  // Channels are left out: their secrets are not needed to know the rules.
  const section: YamlValue = { kind: 'map', entries: [entry], start: 0, end: 0 };
  const filled = interpolate(section, environment, alerts.file);
  const { value, diagnostics } = validate(SECTION, filled.value, alerts.file, CODES);
  const place = { yaml: filled.value, file: alerts.file, nodes: judgedNodes(manifest) };
  const rules = Object.entries(value?.rules ?? {}).map(([name, written]) =>
    linked(name, written, place),
  );
  return outcome(
    rules.flatMap((rule) => rule.value ?? []),
    [...filled.diagnostics, ...diagnostics, ...rules.flatMap((rule) => rule.diagnostics)],
  );
}

interface Place {
  readonly yaml: YamlValue;
  readonly file: string;
  readonly nodes: readonly Judged[];
}

function linked(
  name: string,
  written: WrittenRule | number,
  place: Place,
): Outcome<MetricRule | undefined> {
  const rule = typeof written === 'number' ? shortRule(name, written) : written;
  if (rule === undefined) return outcome(undefined, [unknownShort(name, place)]);
  const node = place.nodes.find((one) => one.name === rule.model);
  if (node === undefined) return outcome(undefined, [unknownModel(name, rule.model, place)]);
  if (node.config.materialized === 'ephemeral') {
    const span = spanOf(place, [name, 'model']);
    const text = `\`${rule.model}\` is ephemeral: nothing of it stands in the database`;
    return outcome(undefined, [diagnostic('CX7604', text, { span })]);
  }
  const linkedRule = metricRule(name, rule, node.relation);
  return outcome(linkedRule, unknownColumns(linkedRule, node, place));
}

function unknownColumns(rule: MetricRule, node: Judged, place: Place): Diagnostic[] {
  const known = node.columns.map((column) => column.name);
  if (known.length === 0) return [];
  const lower = new Set(known.map((column) => column.toLowerCase()));
  return columnsOf(rule)
    .filter((column) => !lower.has(column.toLowerCase()))
    .map((column) =>
      diagnostic('CX7605', `\`${rule.model}\` declares no column \`${column}\``, {
        span: columnSpan(rule.name, column, place),
        hint: didYouMean(column, known) ?? 'declare the column in the properties of the model',
      }),
    );
}

/** Where a rule names a column: as a value, or as a key of `where` and `minimum`. */
function columnSpan(name: string, column: string, { yaml, file }: Place): Span {
  const written = (key: string) => spanAt(yaml, ['rules', name, key], file);
  const rule = entryOf(entryOf(yaml, 'rules')?.value, name)?.value;
  const key = ['column', 'day', 'by'].find((one) => {
    const value = entryOf(rule, one)?.value;
    return value?.kind === 'scalar' && value.value === column;
  });
  if (key !== undefined) return written(key);
  const map = ['where', 'minimum'].find(
    (one) => entryOf(entryOf(rule, one)?.value, column) !== undefined,
  );
  if (map !== undefined) return keySpanAt(yaml, ['rules', name, map], column, file);
  return keySpanAt(yaml, ['rules'], name, file);
}

function unknownShort(name: string, place: Place): Diagnostic {
  const known = shortNames(
    (model) => place.nodes.find((one) => one.name === model)?.columns.map((one) => one.name) ?? [],
  );
  return diagnostic('CX7603', `\`${name}\` is not the name of a short rule`, {
    span: keySpanAt(place.yaml, ['rules'], name, place.file),
    hint:
      didYouMean(name, known) ??
      'write `<column>_increase_pct`, `<column>_decrease_pct` or `<column>_change_pct`, or a map with `model` and `column`',
  });
}

function unknownModel(name: string, model: string, place: Place): Diagnostic {
  return diagnostic('CX7604', `there is no model \`${model}\` for the rule \`${name}\``, {
    span: spanOf(place, [name, 'model']),
    hint: didYouMean(
      model,
      place.nodes.map((one) => one.name),
    ),
  });
}

/** The place of a part of a rule; that of its name in a short form. */
function spanOf({ yaml, file }: Place, [name, key]: readonly [string, string]): Span {
  const rule = entryOf(entryOf(yaml, 'rules')?.value, name)?.value;
  return entryOf(rule, key) === undefined
    ? keySpanAt(yaml, ['rules'], name, file)
    : spanAt(yaml, ['rules', name, key], file);
}
