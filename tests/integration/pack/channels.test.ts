import { beforeAll, describe, expect, test } from 'vitest';
import { analyticsFixture, unreadCases } from '../../support/analytics-fixture.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
const VISITS = analyticsFixture<ChannelExample>('F15_channel_grouping.json').expected;

/** Where the pack differs on purpose: letters are folded, short names of Meta are social, WhatsApp is a channel. */
const OWN_RULES: Readonly<Record<string, string>> = {
  'meta paid_social': 'Paid Social',
};

describe.each(servers)('channels of the worked example (F15) on $name', (server) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await server.database();
    const { files, vars } = await stageRows(database, {
      sessions: VISITS.map((visit, index) => ({
        origin: 'ga4',
        session_key: `visit${index}`,
        anonymous_id: `browser${index}`,
        started_at: '2025-03-01 12:00:00',
        source: visit.source,
        medium: visit.medium,
        campaign: visit.campaign,
      })),
    });
    using project = packProject(database, { vars: { ...vars, as_of: '2025-06-30' }, files });
    const built = await project.run('build');
    expect(built.exitCode, built.stderr).toBe(0);
  }, 10 * MINUTES);

  test.each(VISITS.map((visit, index) => ({ ...visit, index })))(
    '$source / $medium / $campaign is $channel',
    async ({ source, medium, channel, disputed, index }) => {
      const [row] = await database.query(
        `select c.channel from fct_sessions as s join dim_channels as c on c.channel_id = s.channel_id
         where s.session_key = 'visit${index}'`,
      );

      const own = disputed ? OWN_RULES[`${source} ${medium}`] : undefined;
      expect(row?.['channel']).toBe(own ?? channel);
    },
  );

  test('every case of the example was looked at', () => {
    expect(unreadCases()).toEqual([]);
  });
});

interface ChannelExample {
  readonly expected: readonly {
    readonly source: string | null;
    readonly medium: string | null;
    readonly campaign: string | null;
    readonly channel: string;
    readonly disputed: boolean;
  }[];
}
