import type { AdMetrics } from '../shop/advertising-records.ts';

type Action = Readonly<Record<string, string>>;

/** The names under which Meta reports the same purchases. */
const PURCHASES = [
  'purchase',
  'omni_purchase',
  'offsite_conversion.fb_pixel_purchase',
  'onsite_web_purchase',
  'web_in_store_purchase',
];

/** What people did after an ad; `undefined` where nobody did anything: the key is left out then. */
export function actionsOf(
  metrics: AdMetrics,
  windows: readonly string[],
): readonly Action[] | undefined {
  const { linkClicks, addsToCart, checkouts } = metrics;
  return listOf([
    action('link_click', { '1d_click': linkClicks, '7d_click': linkClicks }, windows),
    action('landing_page_view', { '7d_click': Math.floor(linkClicks * 0.8) }, windows),
    ...purchases(purchaseCounts(metrics), windows),
    action('add_to_cart', { '7d_click': addsToCart }, windows),
    action('initiate_checkout', { '7d_click': checkouts }, windows),
  ]);
}

/** What the purchases were worth, in whole units of the currency. */
export function actionValuesOf(
  metrics: AdMetrics,
  windows: readonly string[],
): readonly Action[] | undefined {
  const { revenue1d, revenue7d, revenue28d, viewRevenue1d } = metrics;
  const values = {
    '1d_click': revenue1d / 100,
    '7d_click': revenue7d / 100,
    '28d_click': revenue28d / 100,
    '1d_view': viewRevenue1d / 100,
  };
  return listOf(purchases(values, windows));
}

type Counts = Readonly<Record<string, number>>;

function purchaseCounts(metrics: AdMetrics): Counts {
  return {
    '1d_click': metrics.purchases1d,
    '7d_click': metrics.purchases7d,
    '28d_click': metrics.purchases28d,
    '1d_view': metrics.viewPurchases1d,
  };
}

function purchases(counts: Counts, windows: readonly string[]) {
  return PURCHASES.map((type) => action(type, counts, windows));
}

/** An action by the attribution setting (seven days after a click, one after a view) and by each window. */
function action(type: string, counts: Counts, windows: readonly string[]): Action | undefined {
  const value = (counts['7d_click'] ?? 0) + (counts['1d_view'] ?? 0);
  const shown = windows
    .map((window) => [window, counts[window] ?? 0] as const)
    .filter(([, count]) => count !== 0);
  if (value === 0 && shown.length === 0) return undefined;
  const texts = shown.map(([window, count]) => [window, textOf(count)]);
  return { action_type: type, value: textOf(value), ...Object.fromEntries(texts) };
}

/** Cents at most, without what adding up doubles leaves behind. */
function textOf(number: number): string {
  return String(Math.round(number * 100) / 100);
}

function listOf(actions: readonly (Action | undefined)[]): readonly Action[] | undefined {
  const list = actions.filter((item) => item !== undefined);
  return list.length === 0 ? undefined : list;
}
