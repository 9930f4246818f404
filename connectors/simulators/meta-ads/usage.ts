import type { SimulatorContext, SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import type { Taken } from '../limits.ts';
import { problem } from './answers.ts';
import type { MetaAdsState } from './state.ts';
import type { MetaAdsWorld } from './world.ts';

type Context = SimulatorContext<MetaAdsWorld, MetaAdsState>;

const MINUTE_MS = 60_000;

/** Counts a call against the app and its use case, and refuses it where either is used up. */
export function limitOf(
  request: SimulatorRequest,
  context: Context,
): SimulatorResponse | undefined {
  const { state } = context;
  if (!state.app.take().isAllowed) return appLimit;
  const usage = isAboutInsights(request, state) ? state.insights : state.management;
  const taken = usage.take();
  if (taken.isAllowed) return undefined;
  return usage === state.insights ? accountLimit(taken, context) : userLimit;
}

/** The headers that tell how much of each limit is used. */
export function usageHeaders(request: SimulatorRequest, context: Context) {
  const { state } = context;
  const isInsights = isAboutInsights(request, state);
  const percent = isInsights ? state.insights.percent : state.management.percent;
  const app = { call_count: state.app.percent, total_cputime: 1, total_time: 3 };
  return {
    'x-app-usage': JSON.stringify(app),
    'x-business-use-case-usage': businessUse(context, isInsights, percent, 0),
    ...(isInsights ? { 'x-fb-ads-insights-throttle': throttle(state) } : {}),
  };
}

function businessUse(context: Context, isInsights: boolean, percent: number, minutes: number) {
  return JSON.stringify({
    [context.world.advertising.account('meta').id]: [
      {
        type: isInsights ? 'ads_insights' : 'ads_management',
        call_count: percent,
        total_cputime: Math.round(percent / 3),
        total_time: Math.round(percent / 2),
        estimated_time_to_regain_access: minutes,
        ads_api_access_tier: 'standard_access',
      },
    ],
  });
}

function throttle(state: MetaAdsState): string {
  return JSON.stringify({
    app_id_util_pct: state.app.percent,
    acc_id_util_pct: state.insights.percent,
    ads_api_access_tier: 'standard_access',
  });
}

/** Reports and what belongs to them: edges of insights, and runs. */
function isAboutInsights(request: SimulatorRequest, state: MetaAdsState): boolean {
  return request.path.endsWith('/insights') || state.runs.has(request.parameters['id'] ?? '');
}

const appLimit = problem({
  code: 4,
  subcode: 1_504_022,
  isTransient: true,
  message: '(#4) Application request limit reached',
});

export const userLimit = problem({
  code: 17,
  subcode: 2_446_079,
  isTransient: false,
  message: '(#17) User request limit reached',
});

/** Says in minutes when calls are served again. */
function accountLimit(taken: Taken, context: Context): SimulatorResponse {
  const answer = problem({
    code: 80_000,
    subcode: 2_446_079,
    isTransient: false,
    message:
      '(#80000) There have been too many calls from this ad-account. Wait a bit and try again.',
  });
  const minutes = Math.max(1, Math.ceil(taken.waitMs / MINUTE_MS));
  const use = businessUse(context, true, 100, minutes);
  return { ...answer, headers: { ...answer.headers, 'x-business-use-case-usage': use } };
}
