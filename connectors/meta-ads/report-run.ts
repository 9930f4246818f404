import { RequestTooLarge } from '../sdk/http.ts';
import type { ApiRequest } from '../sdk/http.ts';
import type { JsonValue } from '../sdk/json.ts';
import { unexpectedAnswer } from '../sdk/records-at.ts';
import { valueAt } from '../sdk/value-source.ts';
import { pathOf } from './api.ts';
import type { MetaAdsRead } from './pages.ts';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;
/** Reports that take longer do not end: what is asked for has to be less. */
const GIVE_UP_AFTER_MS = 60 * 60_000;

/**
 * Has Meta make a report and waits for it; the id of the run, whose `insights` can be read then. A run is
 * done when it says both that it completed and that it is at 100 %. One that fails or is skipped is asked
 * for fewer days, by `classify`.
 */
export async function finishedReport(
  context: MetaAdsRead,
  form: NonNullable<ApiRequest['form']>,
): Promise<string> {
  const url = pathOf(`act_${context.accountId}`, 'insights');
  const created = await context.http.send({ method: 'POST', url, form });
  const id = typeof created === 'string' ? undefined : valueAt(created.body, 'report_run_id');
  if (typeof id !== 'string') throw unexpectedAnswer('`report_run_id` is missing');

  let waitedMs = 0;
  for (let waitMs = FIRST_WAIT_MS; waitedMs < GIVE_UP_AFTER_MS; waitMs *= 2) {
    const status = await context.http.send({ url: pathOf(id) });
    if (typeof status === 'string') throw unexpectedAnswer('the report is not there');
    if (isDone(status.body)) return id;
    const nextMs = Math.min(waitMs, LONGEST_WAIT_MS);
    await context.sleep(nextMs, `the report is made: ${progressOf(status.body)}`);
    waitedMs += nextMs;
  }
  throw new RequestTooLarge('the report was not done after an hour', 'slice');
}

function isDone(body: JsonValue): boolean {
  const status = valueAt(body, 'async_status');
  if (typeof status !== 'string') throw unexpectedAnswer('`async_status` is missing');
  return status === 'Job Completed' && valueAt(body, 'async_percent_completion') === 100;
}

function progressOf(body: JsonValue): string {
  return `${JSON.stringify(valueAt(body, 'async_percent_completion') ?? 0)} %`;
}
