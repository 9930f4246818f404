import type { SimulatorContext, SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { notThere, ok, problem } from './answers.ts';
import { insightRows } from './insights.ts';
import type { InsightRow } from './insights.ts';
import { readQuestion } from './insights-question.ts';
import { pageOf } from './lists.ts';
import type { MetaAdsState, ReportRun } from './state.ts';
import type { MetaAdsWorld } from './world.ts';

type Context = SimulatorContext<MetaAdsWorld, MetaAdsState>;

/**
 * What a run says each time that it is looked at. It claims to be complete once before it is at 100 %, as
 * some do.
 */
const LIFE = [
  ['Job Not Started', 0],
  ['Job Running', 42],
  ['Job Completed', 99],
  ['Job Completed', 100],
] as const;

/** Takes the order for a report. */
export function createRun(request: SimulatorRequest, { state }: Context): SimulatorResponse {
  const question = readQuestion(request.form());
  if ('status' in question) return question;
  if (state.runsUnderWay >= state.limits.reports) return tooManyReports;
  return ok({ report_run_id: state.addRun(question).id });
}

/** How far a report is. One with more rows than the platform makes fails. */
export function runStatus(request: SimulatorRequest, context: Context): SimulatorResponse {
  const id = request.parameters['id'] ?? '';
  const run = context.state.runs.get(id);
  if (run === undefined) return notThere(id);
  const [status, percent] = LIFE[Math.min(run.polls, LIFE.length - 1)] ?? LIFE[0];
  if (!context.state.isStuck) run.polls += 1;
  const heading = { id, account_id: context.world.advertising.account('meta').id };
  if (percent === 100 && isTooLarge(run, context, request.now)) {
    return ok({ ...heading, async_status: 'Job Failed', async_percent_completion: 0, ...FAILURE });
  }
  if (percent === 100) run.completedAt ??= request.now;
  const { since, until } = run.question;
  return ok({
    ...heading,
    async_status: status,
    async_percent_completion: percent,
    date_start: since,
    date_stop: until,
  });
}

/** The rows of a report, as of its completion; none before. */
export function runRows(request: SimulatorRequest, context: Context): SimulatorResponse {
  const id = request.parameters['id'] ?? '';
  const run = context.state.runs.get(id);
  if (run === undefined) return notThere(id);
  if (run.completedAt === undefined) return ok({ data: [] });
  const rows = insightRows(context.world, run.question, run.completedAt);
  return pageOfRows(rows, id, request, context);
}

/** A page of rows, which are sorted. */
export function pageOfRows(
  rows: readonly InsightRow[],
  name: string,
  request: SimulatorRequest,
  { origin, state }: Context,
): SimulatorResponse {
  const records = new Map(rows.map(({ key, row }) => [row, key]));
  return pageOf(
    {
      records: [...records.keys()],
      keyOf: (row) => records.get(row) ?? '',
      name: `insights of ${name}`,
      longestPage: state.limits.page,
      origin,
    },
    request,
  );
}

function isTooLarge(run: ReportRun, { world, state }: Context, now: number): boolean {
  const isTooLong = insightRows(world, run.question, now).length > state.limits.rows;
  if (isTooLong) run.completedAt = now;
  return isTooLong;
}

const FAILURE = {
  error_code: 2601,
  error_message: 'Job failed',
  error_user_title: 'Report failed',
  error_user_msg: 'Try a smaller date range.',
};

const tooManyReports = problem({
  code: 613,
  subcode: 1_487_742,
  isTransient: false,
  message: '(#613) Calls to this api have exceeded the rate limit.',
});
