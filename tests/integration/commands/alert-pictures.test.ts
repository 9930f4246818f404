import { describe, expect, test } from 'vitest';
import type { Answer } from '../../support/answering-server.ts';
import { answeringServer, json } from '../../support/answering-server.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { FakeClock } from '../../support/run-events.ts';
import type { TestDatabase } from '../../support/server.ts';
import { mailServer } from '../../support/mail-server.ts';
import { servers } from '../../support/server.ts';

const TOKEN = 'xoxb-planted-secret';

/** Sundays of 100, of which the last, 2026-11-22, is 60; nothing between them. */
async function project(database: TestDatabase, channels: Readonly<Record<string, unknown>>) {
  await database.query(
    'create table daily (date_key int, revenue decimal(10,2), channel varchar(9))',
  );
  const sundays = [20261122, 20261115, 20261108, 20261101, 20261025];
  const rows = sundays.map((day) => `(${day}, ${day === 20261122 ? 60 : 100}, '<Ads>')`);
  await database.query(`insert into daily values ${rows.join(', ')}`);
  const { host, port, user, password } = database.target;
  const target = { type: 'mysql', host, port, user, password, database: database.name };
  const rule = {
    model: 'daily',
    column: 'revenue',
    change_pct: 30,
    by: 'channel',
    label: 'Revenue',
  };
  const { path } = createDirectory({
    'cortex_project.yml': JSON.stringify({
      name: 'shop',
      targets: { test: target },
      alerts: { channels, rules: { revenue: rule } },
    }),
    'models/daily.sql': 'select 1 as date_key',
  });
  return cortex(['alerts', 'check'], { directory: path, clock: new FakeClock() });
}

/** Width and height of a PNG. */
function sizeOf(png: Buffer): readonly number[] {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** Slack as far as a bot needs it: it writes to the channel `C024BE91L`, whatever its name. */
function slackBot(place: () => string, upload: Answer = json(200, {})): Answer {
  return (response, request) => {
    const answers: Readonly<Record<string, Answer>> = {
      '/api/chat.postMessage': json(200, { ok: true, channel: 'C024BE91L', ts: '1.2' }),
      '/api/files.getUploadURLExternal': json(200, {
        ok: true,
        upload_url: `${place()}/upload/v1/abc`,
        file_id: 'F0TD00400',
      }),
      '/upload/v1/abc': upload,
      '/api/files.completeUploadExternal': json(200, { ok: true }),
    };
    (answers[request.url.pathname] ?? json(404, {}))(response, request);
  };
}

describe.each(servers)('on $name', (server) => {
  test('a mail shows the picture of a metric, and a webhook gets it with the figures', async () => {
    await using smtp = await mailServer();
    await using hook = await answeringServer(json(200, {}));
    const mail = { type: 'email', host: '127.0.0.1', port: smtp.port, starttls: 'if_offered' };
    const { exitCode } = await project(await server.database(), {
      mail: { ...mail, from: 'cortex@example.com', to: 'ana@example.com' },
      hook: { type: 'webhook', url: `${hook.origin}/full` },
      small: { type: 'webhook', url: `${hook.origin}/small`, image: false },
    });

    const [sent = ''] = smtp.mails;
    const [full, small] = hook.requests.map(({ body }) => JSON.parse(body) as Message);
    expect(exitCode).toBe(0);
    expect(sent).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(sent).toMatch(/^Content-Id: <chart@cortex>\r?$/im);
    expect(sent).toContain('cid:chart@cortex');
    expect(sent).toContain('&lt;Ads&gt;');
    const encoded = /chart@cortex>[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/i.exec(sent)?.[1] ?? '';
    expect(sizeOf(Buffer.from(encoded, 'base64'))).toEqual([1200, 340]);
    expect(full).toMatchObject({
      kind: 'metric',
      figures: [{ dimension: '<Ads>', value: '60', expected: '100', change_pct: '-40.00' }],
      image: { type: 'image/png', width: 600, height: 170 },
    });
    expect(sizeOf(Buffer.from(full?.image?.base64 ?? '', 'base64'))).toEqual([1200, 340]);
    expect(small?.image).toBeUndefined();
    expect(small).toMatchObject({ kind: 'metric' });
  });

  test('a bot of Slack uploads the picture to the channel that it wrote to; a webhook of Slack gets a line', async () => {
    let origin = '';
    await using slack = await answeringServer(slackBot(() => origin));
    await using hook = await answeringServer(json(200, {}));
    origin = slack.origin;
    const { exitCode } = await project(await server.database(), {
      bot: { type: 'slack', token: TOKEN, channel: '#data', origin },
      team: { type: 'slack', webhook_url: `${hook.origin}/services/T0` },
    });

    const calls = slack.requests.map(({ url }) => url.pathname);
    const [written, place, bytes, done] = slack.requests;
    expect(exitCode).toBe(0);
    expect(calls).toEqual([
      '/api/chat.postMessage',
      '/api/files.getUploadURLExternal',
      '/upload/v1/abc',
      '/api/files.completeUploadExternal',
    ]);
    expect(written?.body).toContain('&lt;Ads&gt;');
    const form = new URLSearchParams(place?.body);
    expect(form.get('filename')).toBe('chart.png');
    expect(Number(form.get('length'))).toBe(Number(bytes?.headers['content-length']));
    expect(bytes?.headers.authorization).toBeUndefined();
    expect(JSON.parse(done?.body ?? '')).toMatchObject({
      files: [{ id: 'F0TD00400', title: '[shop] 1 metric out of its usual range on 2026-11-22' }],
      channel_id: 'C024BE91L',
    });
    expect(hook.requests).toHaveLength(1);
    expect(hook.requests[0]?.body).toContain('████▁');
    expect(slack.requests.at(0)?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });
});

test('a picture that Slack does not take is a remark: the message is not sent again', async () => {
  let origin = '';
  await using slack = await answeringServer(slackBot(() => origin, json(500, {})));
  origin = slack.origin;
  const database = await (servers[0] ?? expect.fail()).database();

  const { exitCode, stderr } = await project(database, {
    bot: { type: 'slack', token: TOKEN, channel: '#data', origin },
  });

  expect(exitCode).toBe(0);
  expect(stderr).toContain('the picture was not taken: the server answered 500');
  expect(await database.query('select status from __cortex_notifications')).toEqual([
    { status: 'sent' },
  ]);
});

test('a picture that cannot be drawn holds up no message', async () => {
  await using hook = await answeringServer(json(200, {}));
  const database = await (servers[0] ?? expect.fail()).database();
  const channels = { hook: { type: 'webhook', url: hook.origin } };
  await project(database, channels);
  await database.query('drop table daily');
  await database.query(
    `update __cortex_notifications set status = 'due', message = json_set(message, '$.figures', json_array(json_object('label', 'broken')))`,
  );

  const { stderr } = await project(database, channels);

  expect(stderr).toContain('the picture could not be drawn');
  expect(JSON.parse(hook.requests[1]?.body ?? '')).toMatchObject({
    kind: 'metric',
    figures: [{ label: 'broken' }],
  });
  expect(await database.query('select distinct status from __cortex_notifications')).toEqual([
    { status: 'sent' },
  ]);
});

interface Message {
  readonly image?: { readonly base64: string };
}
