import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
  captureClickIds,
  consentDefault,
  metaBase,
  metaEvent,
  tiktokBase,
  tiktokEvent,
} from '../../../../tracking/container/scripts.ts';
import type { Push } from '../../../../tracking/plan/map-push.ts';
import { mapPush } from '../../../../tracking/plan/map-push.ts';
import { shippedPlan } from '../../../../tracking/plan/read-plan.ts';
import { trackingFixture } from '../../../support/tracking-fixture.ts';

const plan = shippedPlan();

/** Runs a custom HTML tag as Tag Manager does: variables put in as expressions, then the script. */
function run(html: string, world: object, layer: Readonly<Record<string, unknown>> = {}): void {
  const body = html.replace(/^<script>\n|\n<\/script>$/g, '');
  const filled = body.replaceAll(
    /\{\{(?:DLV - )?([^}]+)\}\}/g,
    (_, key: string) => `layer[${JSON.stringify(key)}]`,
  );
  runInContext(filled, createContext(Object.assign(world, { layer })));
}

/** What a tag gave to a pixel, as the pixel would send it. */
function calls(html: string, push: Push, pixel: 'fbq' | 'ttq'): unknown {
  const made: unknown[][] = [];
  const record = (...args: unknown[]): void => void made.push(args);
  run(html, pixel === 'fbq' ? { fbq: record } : { ttq: { track: record } }, push);
  return JSON.parse(JSON.stringify(made));
}

const pushes: readonly Push[] = [
  ...trackingFixture<{ cases: readonly { datalayer: Push }[] }>('event_map').cases.map(
    ({ datalayer }) => datalayer,
  ),
  ...Object.keys(plan.events).map((event) => ({
    event,
    event_id: `${event}.1`,
    search_term: "d'água",
    method: 'Google',
    ecommerce: {
      transaction_id: 'ped-1',
      currency: 'BRL',
      value: 10.5,
      items: [
        { item_id: 1, price: 2.5 },
        { item_id: 'B', item_name: 'b', quantity: 3 },
      ],
    },
  })),
  { event: 'purchase', event_id: 'x', ecommerce: null },
];

test.each(pushes.map((push) => [push.event, push] as const))(
  'the tags of %s send what the dictionary says',
  (event, push) => {
    const { meta, tiktok } = plan.events[event] ?? {};
    const expected = (pixel: 'meta' | 'tiktok') => mapPush(plan, push, pixel);

    if (meta !== undefined)
      expect(calls(metaEvent(meta), push, 'fbq')).toEqual([
        ['track', expected('meta')?.name, expected('meta')?.parameters, { eventID: push.event_id }],
      ]);
    if (tiktok !== undefined)
      expect(calls(tiktokEvent(tiktok), push, 'ttq')).toEqual([
        [expected('tiktok')?.name, expected('tiktok')?.parameters, { event_id: push.event_id }],
      ]);
    expect([meta, tiktok].map((one) => one === undefined)).toEqual(
      [expected('meta'), expected('tiktok')].map((one) => one === null),
    );
  },
);

/** As much of a page as loaders touch; cookies of a domain that is a public suffix are refused. */
function page(address: string, jar: Record<string, string> = {}) {
  const { hostname, search, protocol } = new URL(address);
  const loaded: string[] = [];
  const written: string[] = [];
  const document = {
    get cookie(): string {
      return Object.entries(jar)
        .map(([name, value]) => `${name}=${value}`)
        .join('; ');
    },
    set cookie(text: string) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      const domain = /domain=\.([^;]+)/.exec(text)?.[1];
      if (domain === 'com.br' || (domain !== undefined && !hostname.endsWith(domain))) return;
      if (text.includes('max-age=0')) delete jar[name];
      else jar[name] = value;
      if (name !== 'cortex_probe') written.push(text);
    },
    createElement: () => ({
      set src(url: string) {
        loaded.push(url);
      },
    }),
    getElementsByTagName: () => [{ parentNode: { insertBefore: () => undefined } }],
  };
  const window: Record<string, unknown> = { location: { hostname, search, protocol } };
  Object.assign(window, { window, document });
  return { window, loaded, written, jar };
}

test('click ids of the address are kept for 90 days on the broadest domain, as they are written', () => {
  const { window, written, jar } = page(
    'https://www.loja.com.br/p?fbclid=IwAR_aB-9&gclid=Cj0%2DKC&utm_source=x&ttclid=E.C.P',
  );

  run(captureClickIds(), window);

  expect(jar).toMatchObject({
    cortex_gclid: 'Cj0%2DKC',
    cortex_fbclid: 'IwAR_aB-9',
    cortex_ttclid: 'E.C.P',
  });
  expect(jar['_fbc']).toMatch(/^fb\.1\.\d{13}\.IwAR_aB-9$/);
  expect(Object.keys(jar)).toHaveLength(4);
  for (const text of written)
    expect(text).toContain(';path=/;max-age=7776000;SameSite=Lax;Secure;domain=.loja.com.br');
});

test('a page without click ids writes nothing, and a click that is known stays', () => {
  const none = page('https://loja.com.br/?utm_source=x');
  run(captureClickIds(), none.window);

  const known = page('https://loja.com.br/?fbclid=abc', { _fbc: 'fb.1.1700000000000.abc.AQMB' });
  run(captureClickIds(), known.window);

  expect(none.written).toEqual([]);
  expect(known.jar['_fbc']).toBe('fb.1.1700000000000.abc.AQMB');
});

test('an address cannot smuggle another cookie in', () => {
  const { window, jar } = page('https://loja.com.br/?gclid=x;domain=evil&fbclid=%3Cscript%3E$');

  run(captureClickIds(), window);

  expect(jar).toEqual({});
});

test('consent is denied before anything else, in the words of Google', () => {
  const window: Record<string, unknown> = {};
  Object.assign(window, { window });

  run(consentDefault('denied'), window);

  const [first] = JSON.parse(
    JSON.stringify((window['dataLayer'] as ArrayLike<unknown>[]).map((one) => Array.from(one))),
  ) as unknown[];
  expect(first).toEqual([
    'consent',
    'default',
    {
      ad_storage: 'denied',
      ad_user_data: 'denied',
      ad_personalization: 'denied',
      analytics_storage: 'denied',
      personalization_storage: 'denied',
      functionality_storage: 'granted',
      security_storage: 'granted',
      wait_for_update: 500,
    },
  ]);
});

test('the loader of Meta queues the pixel and the page until its script is there, once', () => {
  const { window, loaded } = page('https://loja.com.br/');
  const layer = { 'CONST - Meta Pixel ID': '123', event_id: 'e.1' };

  run(metaBase('{{CONST - Meta Pixel ID}}'), window, layer);
  run(metaBase('{{CONST - Meta Pixel ID}}'), window, layer);

  const { queue } = window['fbq'] as { queue: ArrayLike<unknown>[] };
  expect(loaded).toEqual(['https://connect.facebook.net/en_US/fbevents.js']);
  expect(JSON.parse(JSON.stringify(queue.slice(0, 2).map((one) => Array.from(one))))).toEqual([
    ['init', '123'],
    ['track', 'PageView', {}, { eventID: 'e.1' }],
  ]);
});

test('the loader of TikTok queues the page until its script is there, once', () => {
  const { window, loaded } = page('https://loja.com.br/');
  const layer = { 'CONST - TikTok Pixel Code': 'C1A2' };

  run(tiktokBase('{{CONST - TikTok Pixel Code}}'), window, layer);

  expect(loaded).toEqual(['https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C1A2&lib=ttq']);
  expect(JSON.parse(JSON.stringify(window['ttq']))).toEqual([['page']]);
});
