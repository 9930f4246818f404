import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX76xx: alerts. */
export const ALERT_CODES = {
  CX7601: errorCode(
    'alerts-invalid',
    'A setting of alerts that cannot be used',
    'The value at the place shown, below `alerts:`, is missing, misspelt or of another kind. `docs/alerts.md` lists the settings of each channel. Nothing was run.',
  ),
  CX7602: errorCode(
    'no-alert-channels',
    'A test of alerts without a channel',
    '`cortex alerts test` sends a message through every channel below `alerts.channels`, and there is none.',
  ),
  CX7603: errorCode(
    'unknown-short-rule',
    'A short form of a metric rule that does not exist',
    'A rule below `alerts.rules` that is only a number is named after a column of `rpt_daily_performance`, or of `rpt_channel_performance` with `channel_` before it: `cac_increase_pct: 20`, `channel_roas_decrease_pct: 15`. Every other rule is a map with `model`, `column` and `change_pct`. Nothing was read or sent.',
  ),
  CX7604: errorCode(
    'rule-of-unknown-model',
    'A metric rule over a model that is not there',
    'The rule names a model, seed or snapshot that the project does not have, that is switched off, or of which nothing stands in the database. Nothing was read or sent.',
  ),
  CX7605: errorCode(
    'rule-of-unknown-column',
    'A metric rule over a column that is not there',
    'The rule names a column that the properties of its model do not declare. Correct the name, or declare the column. Where a model declares no columns at all, they are looked up in the database when the rule is judged. Nothing was read or sent.',
  ),
  CX7606: errorCode(
    'rule-not-judged',
    'A metric rule that could not be judged',
    'The model is not built yet, its table has no such column, a day has several rows and the rule has no `aggregate`, or what stands in the column is not a number. The other rules were judged, and nothing was changed about alerts of this one.',
  ),
  CX7607: errorCode(
    'no-metric-rules',
    'A check of metric rules without a rule',
    '`cortex alerts check` judges the last complete day by the rules below `alerts.rules`, and there is none.',
  ),
  CX7608: errorCode(
    'no-report',
    'A daily report that is not set up',
    '`cortex report` shows the figures that `alerts.report` names, and there is none: the section is missing, or its model declares none of the columns that are shown unless others are named.',
  ),
} as const satisfies Readonly<Record<string, CodeEntry>>;
