import { expect, test } from 'vitest';
import type { TrackingConfig } from '../../../../cli/project/tracking-config.ts';
import { buildContainer } from '../../../../tracking/container/build-container.ts';
import { changedPlan, shippedPlan } from '../../../../tracking/plan/read-plan.ts';
import type { TrackingPlan } from '../../../../tracking/plan/schema.ts';
import { checkFile } from '../../../../tracking/validate/check-file.ts';
import { trackingFixture } from '../../../support/tracking-fixture.ts';

interface Tag {
  readonly tagId: string;
  readonly name: string;
  readonly type: string;
  readonly parameter: readonly { key: string; value?: string }[];
  readonly firingTriggerId: readonly string[];
  readonly consentSettings: object;
}

interface Generated {
  readonly tag: readonly Tag[];
  readonly trigger: readonly { triggerId: string; type: string; customEventFilter: unknown }[];
  readonly variable: readonly { variableId: string; name: string; parameter: Tag['parameter'] }[];
}

interface Cases {
  readonly cases: readonly { id: string; config: TrackingConfig; must: readonly string[] }[];
}

const [sample] = trackingFixture<Cases>('gtm_generated').cases;
const plan = shippedPlan();

function text(config: Partial<TrackingConfig>, with_: TrackingPlan = plan): string {
  const container = buildContainer({
    plan: with_,
    config: { consent_default: 'denied', ...config },
    exportTime: '2026-11-23 12:00:00',
    fingerprint: '1763900000000',
    name: 'Loja & Cia',
  });
  return JSON.stringify(container, undefined, 2);
}

function generated(config: Partial<TrackingConfig>, with_: TrackingPlan = plan): Generated {
  return (JSON.parse(text(config, with_)) as { containerVersion: Generated }).containerVersion;
}

const ALL = { ga4_id: 'G-TEST12345', meta_pixel_id: '1234567890', tiktok_pixel_code: 'C1A2B3' };

function parameter(tag: Tag | undefined, key: string): string | undefined {
  return tag?.parameter.find((one) => one.key === key)?.value;
}

test.each([sample?.config ?? {}, ALL, { ga4_id: 'G-A1' }, { tiktok_pixel_code: 'C1' }])(
  'passes every rule: %j',
  (config) => {
    expect(checkFile(text(config), 'c.json', plan)).toEqual({
      value: 'container',
      diagnostics: [],
    });
  },
);

test('gtmgen-d01: one Google tag whose id resolves to that of the client', () => {
  const { tag, variable } = generated(sample?.config ?? {});
  const google = tag.filter(({ type }) => type === 'googtag');
  const name = parameter(google[0], 'tagId')?.replace(/^\{\{|\}\}$/g, '');

  expect(google).toHaveLength(1);
  expect(variable.find((one) => one.name === name)?.parameter).toEqual([
    { type: 'TEMPLATE', key: 'value', value: 'G-TEST12345' },
  ]);
});

test.each(
  'view_item_list view_item add_to_cart begin_checkout add_shipping_info add_payment_info purchase refund'.split(
    ' ',
  ),
)('gtmgen-d01: one tag of Google Analytics for %s', (event) => {
  const { tag } = generated(sample?.config ?? {});
  const found = tag.filter((one) => one.type === 'gaawe' && parameter(one, 'eventName') === event);

  expect(found).toHaveLength(1);
  expect(parameter(found[0], 'sendEcommerceData')).toBe('true');
  expect(parameter(found[0], 'getEcommerceDataFrom')).toBe('dataLayer');
});

test('gtmgen-d01: every tag of Google Analytics fires on the one trigger of its event', () => {
  const { tag, trigger } = generated(sample?.config ?? {});

  for (const one of tag.filter(({ type }) => type === 'gaawe')) {
    const fired = trigger.filter(({ triggerId }) => one.firingTriggerId.includes(triggerId));
    expect(one.firingTriggerId).toHaveLength(1);
    expect(fired).toMatchObject([
      {
        type: 'CUSTOM_EVENT',
        customEventFilter: [
          {
            type: 'EQUALS',
            parameter: [{ value: '{{_event}}' }, { value: parameter(one, 'eventName') }],
          },
        ],
      },
    ]);
  }
});

test('gtmgen-d01: tags of Meta carry the event id and wait for consent; TikTok is absent', () => {
  const whole = text(sample?.config ?? {});
  const meta = generated(sample?.config ?? {}).tag.filter((one) =>
    parameter(one, 'html')?.includes('fbq('),
  );

  expect(meta.length).toBeGreaterThan(7);
  for (const one of meta) {
    expect(parameter(one, 'html')).toMatch(
      /fbq\('track',[\s\S]*,\{eventID:\{\{DLV - event_id\}\}\}\)/,
    );
    expect(one.consentSettings).toEqual({
      consentStatus: 'NEEDED',
      consentType: { type: 'LIST', list: [{ type: 'TEMPLATE', value: 'ad_storage' }] },
    });
  }
  expect(whole).not.toContain('ttq');
  expect(whole).not.toMatch(/access_token|api_secret/i);
});

test('gtmgen-d01: a tag on consent initialization denies by default', () => {
  const { tag } = generated(sample?.config ?? {});
  const [first] = tag.filter(({ firingTriggerId }) => firingTriggerId.includes('2147479572'));

  expect(parameter(first, 'html')).toContain("gtag('consent','default',{ad_storage:'denied'");
});

test('the same input gives the same bytes', () => {
  expect(text(ALL)).toBe(text(ALL));
});

test('an event added at the end, or a platform switched on, leaves the ids of the others alone', () => {
  const more = changedPlan(
    plan,
    'version: 1\nevents:\n  quiz: { description: A quiz, items: none, parameters: [method], meta: { event: Quiz, parameters: {} } }\n',
  ).value;
  const ids = (config: Partial<TrackingConfig>, with_?: TrackingPlan): readonly string[] => {
    const { tag, trigger, variable } = generated(config, with_);
    return [
      ...tag.map(({ tagId, name }) => `${tagId} ${name}`),
      ...trigger.map(({ triggerId }) => triggerId),
      ...variable.map(({ variableId, name }) => `${variableId} ${name}`),
    ];
  };

  const before = ids(ALL);
  expect(ids(ALL, more)).toEqual(expect.arrayContaining([...before]));
  expect(ids(ALL, more).length).toBe(before.length + 3);
  const { tiktok_pixel_code: _off, ...two } = ALL;
  expect(before).toEqual(expect.arrayContaining([...ids(two)]));
});

test('an event that Meta does not know is sent as a custom one', () => {
  const more = changedPlan(
    plan,
    'version: 1\nevents:\n  quiz: { description: A quiz, items: none, parameters: [], meta: { event: Quiz, parameters: {} } }\n',
  ).value;
  const tag = generated(ALL, more).tag.find(({ name }) => name === 'Meta - quiz');

  expect(parameter(tag, 'html')).toContain(
    "fbq('trackCustom','Quiz',{},{eventID:{{DLV - event_id}}})",
  );
});

test('the name of the client is written without what an import refuses', () => {
  expect(JSON.parse(text(ALL))).toMatchObject({
    containerVersion: { container: { name: 'Loja   Cia' } },
  });
});
