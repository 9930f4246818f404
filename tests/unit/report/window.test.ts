import { expect, test } from 'vitest';
import { createStyle, wantsColor, wantsWindow } from '../../../cli/report/style.ts';
import { cutToWidth, windowReporter } from '../../../cli/report/window.ts';
import {
  FakeClock,
  FakeTicker,
  TextSink,
  failingBuild,
  model,
  nodeFinished,
  result,
  textsOf,
} from '../../support/run-events.ts';

function open() {
  const sink = new TextSink();
  const clock = new FakeClock();
  const ticker = new FakeTicker();
  const options = {
    style: createStyle(false),
    verbosity: 'normal',
    texts: textsOf({}),
    clock,
    timestamps: false,
  } as const;
  return { sink, clock, ticker, reporter: windowReporter(sink, options, ticker) };
}

const NOTHING_SYNCED = { added: 0, updated: 0, restated: 0, deleted: 0, refused: 0 };

/** What a terminal shows after all that was written: cursor up and erase below are obeyed. */
const ESCAPE = '\u001b';
const UP = new RegExp(`^${ESCAPE}\\[(\\d+)A$`);
const SEQUENCE = new RegExp(`(${ESCAPE}\\[\\??\\d+[a-zA-Z])`);

function screenOf(text: string): string {
  let rows = [''];
  for (const piece of text.split(SEQUENCE)) {
    const up = UP.exec(piece);
    if (up) rows = [...rows.slice(0, rows.length - 1 - Number(up[1])), ''];
    else if (!piece.startsWith('\u001b')) {
      const [first = '', ...rest] = piece.split('\n');
      rows = [...rows.slice(0, -1), (rows.at(-1) ?? '') + first, ...rest];
    }
  }
  return rows.join('\n');
}

test('the window shows the steps that have been going for half a second, below the finished ones', () => {
  const { sink, clock, ticker, reporter } = open();
  const [started] = failingBuild();
  const [quick, slow] = [model('dim_dates'), model('ltv_by_cohort')];
  if (started) reporter.report(started);
  reporter.report({ type: 'nodeStarted', node: quick });
  clock.ms = 100;
  reporter.report(
    nodeFinished(quick, result(quick, 'success', { ms: 100 }), { action: 'created', index: 1 }),
  );
  reporter.report({ type: 'nodeStarted', node: slow });
  reporter.report({
    type: 'nodeProgress',
    node: slow.id,
    detail: 'insert',
    rows: 500,
    expectedRows: 1000,
  });

  clock.ms = 12_500;
  ticker.tick();

  expect(screenOf(sink.text)).toMatchInlineSnapshot(`
    "    Cortex 0.4.0  target prod  MySQL 8.4.6 on db.internal/analytics  4 threads

       Created [  0.10s]  1/14  table        dim_dates
       Running [ 12.40s]        table        ltv_by_cohort            insert 500 rows (50 %)
      ━━────────────────────── 1/14  0m12s
    "
  `);
});

function readStreams(columns: number) {
  const { sink, clock, ticker, reporter } = open();
  sink.columns = columns;
  const [started] = failingBuild();
  if (started?.type === 'runStarted') {
    reporter.report({ ...started, nodes: 69, widestName: 31 });
  }
  const streams = [
    ['nuvemshop.abandoned_checkouts', '38 of 40 left', 5402],
    ['meta_ads.ad_insights_daily', '12 % used', 731],
  ] as const;
  for (const [name, limit, rows] of streams) {
    const node = { ...model(name), kind: 'stream' };
    reporter.report({ type: 'nodeStarted', node });
    const window = { window: 3, windows: 12, from: '2026-10-01', to: '2026-10-08' };
    const sync = { ...window, pages: 42, rowsPerSecond: 1180, limit };
    reporter.report({ type: 'nodeProgress', node: node.id, detail: '', rows, sync });
  }
  clock.ms = 12_500;
  ticker.tick();
  const rows = screenOf(sink.text).split('\n').slice(1);
  for (const row of rows) expect(row.length).toBeLessThan(columns);
  return rows.join('\n');
}

test('a wide terminal shows windows, pages, rows, speed and limit of each stream', () => {
  expect(readStreams(170)).toMatchInlineSnapshot(`
    "   Running [ 12.50s]        stream       nuvemshop.abandoned_checkouts    window 3/12 2026-10-01 to 2026-10-08, 42 pages, 5,402 rows, 1,180 rows/s, 38 of 40 left
       Running [ 12.50s]        stream       meta_ads.ad_insights_daily       window 3/12 2026-10-01 to 2026-10-08, 42 pages, 731 rows, 1,180 rows/s, 12 % used
      ──────────────────────── 0/69  0m12s
    "
  `);
});

test('a terminal of 120 columns leaves out what matters least', () => {
  expect(readStreams(120)).toMatchInlineSnapshot(`
    "   Running [ 12.50s]        stream       nuvemshop.abandoned_checkouts    3/12, 5,402 rows, 1,180/s, 38 of 40 left
       Running [ 12.50s]        stream       meta_ads.ad_insights_daily       3/12, 42 pages, 731 rows, 1,180/s, 12 % used
      ──────────────────────── 0/69  0m12s
    "
  `);
});

test('a terminal of 80 columns shows how far each stream is, and no row wraps', () => {
  expect(readStreams(80)).toMatchInlineSnapshot(`
    "   Running [ 12.50s] nuvemshop.…checkouts  3/12, 5,402 rows, 1,180/s
       Running [ 12.50s] meta_ads.a…hts_daily  3/12, 731 rows, 1,180/s, 12 % used
      ──────────────────────── 0/69  0m12s
    "
  `);
});

test('finished lines fit a terminal of 80 columns too', () => {
  const { sink, reporter } = open();
  sink.columns = 80;
  const [started] = failingBuild();
  if (started?.type === 'runStarted') {
    reporter.report({ ...started, nodes: 69, widestName: 31 });
  }
  const node = { ...model('nuvemshop.abandoned_checkouts'), kind: 'stream' };
  const ended = result(node, 'success', { ms: 740, rows: 11 });
  reporter.report(nodeFinished(node, ended, { action: 'synced', index: 17 }));

  const lines = screenOf(sink.text).split('\n').slice(1);
  for (const line of lines) expect(line.length).toBeLessThan(80);
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "
        Synced [  0.74s] 17/14  nuvemshop…checkouts  11 rows
      ━━━━━━────────────────── 17/69  0m00s
    "
  `);
});

/** A sync on a terminal of so many columns, from its first line to its last; one stream waits when it is looked at. */
function syncedOn(columns: number) {
  const { sink, clock, ticker, reporter } = open();
  sink.columns = columns;
  const name = 'nuvemshop.abandoned_checkouts';
  const node = { ...model(name), kind: 'stream' };
  const server = 'MariaDB 10.11.14 (private) on .cortex/server/socket/analytics';
  const [started] = failingBuild();
  if (started?.type === 'runStarted')
    reporter.report({ ...started, command: 'sync', server, nodes: 2, widestName: name.length });
  reporter.report({ type: 'nodeStarted', node });
  const reason =
    '15m00s: the shop’s points are used up, and nothing else may be asked for meanwhile';
  const sync = { window: 3, windows: 12, pages: 42, rowsPerSecond: 1180 };
  reporter.report({ type: 'waiting', node: `stream.shop.${name}`, reason, ms: 900_000 });
  const detail = `waits ${reason}`;
  reporter.report({ type: 'nodeProgress', node: node.id, detail, rows: 5402, sync });
  clock.ms = 12_500;
  ticker.tick();
  const waiting = screenOf(sink.text);
  const message = '1,204 added, 12 updated, 3 deleted; 6h30m behind now';
  const ended = { ...result(node, 'success', { ms: 740, message }), synced: NOTHING_SYNCED };
  reporter.report(nodeFinished(node, ended, { action: 'synced', index: 1, total: 2 }));
  const landed = `${message.replace(';', ', 541,909 loaded from files; at most')} (${name})`;
  reporter.report({ type: 'phaseFinished', phase: 'sync', ms: 12_500, detail: landed });
  const [nodes, tests] = [{ success: 1, partial: 1 }, {}];
  const end = { status: 'partial', exitCode: 75, ms: 12_500, nodes, tests, left: 0 } as const;
  reporter.report({ type: 'runFinished', ...end });
  const screen = screenOf(sink.text);
  for (const row of [...waiting.split('\n'), ...screen.split('\n')])
    expect(row.length).toBeLessThan(columns);
  return { window: waiting.split('\n').slice(-3, -1).join('\n'), screen };
}

test('lines break between words at 60 columns, and what is cut ends in an ellipsis', () => {
  const { window, screen } = syncedOn(60);
  expect(window).toMatchInlineSnapshot(`
    "   Running [ 12.50s] nuvemshop.…checkouts  waits 15m00s: t…
      ──────────────────────── 0/2  0m12s"
  `);
  expect(screen).toMatchInlineSnapshot(`
    "    Cortex 0.4.0  target prod  MariaDB 10.11.14 (private)
                on .cortex/server/socket/analytics  4 threads
       Waiting nuvemshop.abandoned_checkouts: 15m00s: the
                shop’s points are used up, and nothing else may
                be asked for meanwhile

        Synced [  0.74s] 1/2  nuvems…kouts  1,204 added, 12
                updated, 3 deleted; 6h30m behind now
        Landed [ 12.50s] 1,204 added, 12 updated, 3 deleted,
                541,909 loaded from files; at most 6h30m behind
                now (nuvemshop.abandoned_checkouts)

       streams  1 done, 1 partly done (2)
       Stopped  sync of 2 streams on prod in 12.5s
    "
  `);
});

test('the same at 80 columns', () => {
  const { window, screen } = syncedOn(80);
  expect(window).toMatchInlineSnapshot(`
    "   Running [ 12.50s] nuvemshop.…checkouts  waits 15m00s: the shop’s points are…
      ──────────────────────── 0/2  0m12s"
  `);
  expect(screen).toMatchInlineSnapshot(`
    "    Cortex 0.4.0  target prod
                MariaDB 10.11.14 (private) on .cortex/server/socket/analytics
                4 threads
       Waiting nuvemshop.abandoned_checkouts: 15m00s: the shop’s points are used
                up, and nothing else may be asked for meanwhile

        Synced [  0.74s] 1/2  nuvemshop.…_checkouts
                1,204 added, 12 updated, 3 deleted; 6h30m behind now
        Landed [ 12.50s] 1,204 added, 12 updated, 3 deleted, 541,909 loaded from
                files; at most 6h30m behind now (nuvemshop.abandoned_checkouts)

       streams  1 done, 1 partly done (2)
       Stopped  sync of 2 streams on prod in 12.5s
    "
  `);
});

test('the same at 120 columns', () => {
  const { window, screen } = syncedOn(120);
  expect(window).toMatchInlineSnapshot(`
    "   Running [ 12.50s]      stream       nuvemshop.abandoned_checkouts  waits 15m00s: the shop’s points are used up, and…
      ──────────────────────── 0/2  0m12s"
  `);
  expect(screen).toMatchInlineSnapshot(`
    "    Cortex 0.4.0  target prod  MariaDB 10.11.14 (private) on .cortex/server/socket/analytics  4 threads
       Waiting nuvemshop.abandoned_checkouts: 15m00s: the shop’s points are used up, and nothing else may be asked for
                meanwhile

        Synced [  0.74s] 1/2  stream       nuvemshop.abandoned_checkouts
                1,204 added, 12 updated, 3 deleted; 6h30m behind now
        Landed [ 12.50s] 1,204 added, 12 updated, 3 deleted, 541,909 loaded from files; at most 6h30m behind now
                (nuvemshop.abandoned_checkouts)

       streams  1 done, 1 partly done (2)
       Stopped  sync of 2 streams on prod in 12.5s
    "
  `);
});

test('the window is gone when the run has ended', () => {
  const { sink, clock, ticker, reporter } = open();
  const [started] = failingBuild();
  if (started) reporter.report(started);
  clock.ms = 1000;
  ticker.tick();

  reporter.report({
    type: 'runFinished',
    status: 'success',
    exitCode: 0,
    ms: 1000,
    nodes: { success: 14 },
    tests: {},
    left: 0,
  });
  ticker.tick();

  expect(screenOf(sink.text)).toMatchInlineSnapshot(`
    "    Cortex 0.4.0  target prod  MySQL 8.4.6 on db.internal/analytics  4 threads

        models  14 done (14)
      Finished  build of 14 nodes on prod in 1.0s
    "
  `);
});

test('an unchanged window is not drawn again', () => {
  const { sink, ticker, reporter } = open();
  const [started] = failingBuild();
  if (started) reporter.report(started);
  ticker.tick();
  const before = sink.text;

  ticker.tick();

  expect(sink.text).toBe(before);
});

test('a row is cut to the width of the terminal without counting colours', () => {
  expect(cutToWidth('\u001b[32mabcdef\u001b[39m', 3)).toBe('\u001b[32mab\u001b[39m\u001b[0m…');
  expect(cutToWidth('\u001b[32mabc\u001b[39m', 3)).toBe('\u001b[32mabc\u001b[39m');
  expect(cutToWidth('abc', 3)).toBe('abc');
});

test('colour follows --color, NO_COLOR, FORCE_COLOR and the terminal, in this order', () => {
  const facts = (environment: Record<string, string>, isTerminal = true) => ({
    environment,
    isTerminal,
  });

  expect(wantsColor('always', facts({ NO_COLOR: '1' }, false))).toBe(true);
  expect(wantsColor('never', facts({ FORCE_COLOR: '1' }))).toBe(false);
  expect(wantsColor('auto', facts({ NO_COLOR: '1', FORCE_COLOR: '1' }))).toBe(false);
  expect(wantsColor('auto', facts({ FORCE_COLOR: '1' }, false))).toBe(true);
  expect(wantsColor('auto', facts({ TERM: 'dumb' }))).toBe(false);
  expect(wantsColor('auto', facts({}))).toBe(true);
});

test('CI, a dumb terminal and CORTEX_NO_PROGRESS turn the window off', () => {
  const facts = (environment: Record<string, string>) => ({ environment, isTerminal: true });

  expect(wantsWindow(facts({}))).toBe(true);
  expect(wantsWindow(facts({ CI: 'true' }))).toBe(false);
  expect(wantsWindow(facts({ TERM: 'dumb' }))).toBe(false);
  expect(wantsWindow(facts({ CORTEX_NO_PROGRESS: '1' }))).toBe(false);
  expect(wantsWindow({ environment: {}, isTerminal: false })).toBe(false);
});
