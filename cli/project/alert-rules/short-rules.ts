import type { WrittenRule } from './rule-schema.ts';

const DAILY = 'rpt_daily_performance';
const CHANNEL = 'rpt_channel_performance';

/** Columns of the reports that people call by another name. */
const COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [DAILY]: { cac: 'cac_blended', roas: 'roas_blended' },
  [CHANNEL]: {},
};
const DIRECTIONS = { increase: 'increase', decrease: 'decrease', change: 'both' } as const;
const SHORT = /^(channel_)?(.+)_(increase|decrease|change)_pct$/;

/**
 * What `<column>_increase_pct: 20` stands for, by its name: the column of `rpt_daily_performance`, or with `channel_`
 * before it of `rpt_channel_performance`, channel by channel under the attribution model `last_non_direct`.
 * `undefined` for a name of another form.
 */
export function shortRule(name: string, changePct: number): WrittenRule | undefined {
  const [, channel, metric = '', direction] = SHORT.exec(name) ?? [];
  if (direction === undefined) return undefined;
  const model = channel === undefined ? DAILY : CHANNEL;
  return {
    model,
    column: COLUMNS[model]?.[metric] ?? metric,
    change_pct: changePct,
    // The expression has these three only.
    direction: DIRECTIONS[direction as keyof typeof DIRECTIONS],
    compare: 'same_weekday',
    day: 'date_key',
    where: channel === undefined ? {} : { attribution_model: 'last_non_direct' },
    minimum: {},
    missing: 'skip',
    ...(channel === undefined ? {} : { by: 'channel' }),
  };
}

/** Names of short forms for the columns of the reports, to suggest one. */
export function shortNames(columnsOf: (model: string) => readonly string[]): readonly string[] {
  return [DAILY, CHANNEL].flatMap((model) =>
    [...Object.keys(COLUMNS[model] ?? {}), ...columnsOf(model)].flatMap((column) =>
      Object.keys(DIRECTIONS).map(
        (direction) => `${model === CHANNEL ? 'channel_' : ''}${column}_${direction}_pct`,
      ),
    ),
  );
}
