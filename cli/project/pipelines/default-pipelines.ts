/** What a project has without writing anything. A project changes a schedule, or gives steps of its own. */
export const DEFAULT_PIPELINES: Readonly<Record<string, unknown>> = {
  daily: {
    description:
      'All streams with their look-back, all models, all tests, conversions, metric alerts, the report',
    schedule: '0 5 * * *',
    steps: [
      { step: 'sync', timeout: '3h', retries: 2, retry_delay: '5m', on_failure: 'continue' },
      { step: 'build', due_only: true, timeout: '3h', retries: 1 },
      { step: 'test', due_only: true, timeout: '1h', on_failure: 'continue' },
      {
        step: 'convert',
        timeout: '1h',
        retries: 2,
        retry_delay: '5m',
        on_failure: 'continue',
      },
      { step: 'alerts', timeout: '30m', retries: 1, on_failure: 'continue' },
      { step: 'report', timeout: '30m', retries: 1, on_failure: 'continue' },
    ],
  },
  hourly: {
    description: 'Orders, and the conversions that are made of them',
    steps: [
      { step: 'sync', streams: '*.orders', timeout: '30m', retries: 1, on_failure: 'continue' },
      {
        step: 'build',
        name: 'build-conversions',
        select: '+conversion:*',
        timeout: '45m',
      },
      { step: 'convert', timeout: '30m', retries: 1 },
    ],
  },
  weekly: {
    description: 'All models anew (RFM, lifetime value, Markov), freshness and every test',
    schedule: '0 7 * * 1',
    steps: [
      { step: 'freshness', timeout: '30m', on_failure: 'continue' },
      { step: 'build', full_refresh: true, timeout: '6h', retries: 1 },
      { step: 'test', store_failures: true, timeout: '2h' },
    ],
  },
  backfill: {
    description: 'What is missing of the last 90 days, then all models and tests',
    steps: [
      { step: 'backfill', days: 90, timeout: '24h', retries: 3, retry_delay: '15m' },
      { step: 'build', full_refresh: true, timeout: '6h' },
    ],
  },
};
