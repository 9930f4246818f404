import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../../cli/kernel/diagnostic.ts';
import { shippedPlan } from '../../../../tracking/plan/read-plan.ts';
import { checkFile } from '../../../../tracking/validate/check-file.ts';
import * as vocabulary from '../../../../tracking/validate/vocabulary.ts';
import { trackingFixture } from '../../../support/tracking-fixture.ts';

interface BadContainers {
  readonly cases: readonly {
    readonly id: string;
    readonly what: string;
    readonly container: unknown;
    readonly valid: boolean;
    readonly where?: string;
  }[];
}

/** What each defect of the fixture is to a user. */
const CODES: Readonly<Record<string, string>> = {
  'gtm-d02': 'CX8211',
  'gtm-d03': 'CX8215',
  'gtm-d04': 'CX8216',
  'gtm-d05': 'CX8214',
  'gtm-d06': 'CX8212',
};

const { cases } = trackingFixture<BadContainers>('gtm_bad_containers');
const plan = shippedPlan();

function check(container: unknown): readonly Diagnostic[] {
  return checkFile(JSON.stringify(container, undefined, 2), 'c.json', plan).diagnostics;
}

test.each(cases.map((one) => [`${one.id}: ${one.what}`, one] as const))('%s', (_, one) => {
  const found = check(one.container);

  expect(found.map(({ code, notes }) => [code, notes[0]])).toEqual(
    one.valid ? [] : [[CODES[one.id], `JSON path: ${one.where}`]],
  );
  expect(found.every(({ hint, severity }) => hint !== undefined && severity === 'error')).toBe(
    true,
  );
});

test('the vocabulary is that of the rules', () => {
  const rules = trackingFixture<Record<string, readonly string[]>>('gtm_rules');

  expect([...vocabulary.PARAMETER_TYPES].toSorted()).toEqual(rules['parameter_type']?.toSorted());
  expect([...vocabulary.TRIGGER_TYPES].toSorted()).toEqual(rules['trigger_type']?.toSorted());
  expect([...vocabulary.CONDITION_TYPES].toSorted()).toEqual(rules['condition_type']?.toSorted());
  expect([...vocabulary.FIRING_OPTIONS].toSorted()).toEqual(rules['tag_firing_option']?.toSorted());
  expect([...vocabulary.CONSENT_STATUSES].toSorted()).toEqual(rules['consent_status']?.toSorted());
  expect([...vocabulary.BUILT_IN_VARIABLES].toSorted()).toEqual(
    rules['built_in_variable_type']?.toSorted(),
  );
  expect([...vocabulary.SYSTEM_TRIGGERS]).toEqual(Object.keys(rules['system_trigger_ids'] ?? {}));
});

/** The sample with one text replaced by another. */
function damaged(from: string | RegExp, to: string): unknown {
  const text = JSON.stringify(trackingFixture('gtm_container_min'));
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing matches ${String(from)}`);
  return JSON.parse(changed);
}

test.each([
  ['no container version', { exportFormatVersion: 2 }, 'CX8210', 'containerVersion'],
  [
    'an id that is a number',
    damaged('"variableId":"33"', '"variableId":33'),
    'CX8210',
    'containerVersion.variable[3].variableId',
  ],
  [
    'a boolean that is no text',
    damaged('"key":"sendEcommerceData","value":"true"', '"key":"sendEcommerceData","value":true'),
    'CX8210',
    'containerVersion.tag[2].parameter[0].value',
  ],
  [
    'a boolean of another word',
    damaged('"key":"sendEcommerceData","value":"true"', '"key":"sendEcommerceData","value":"yes"'),
    'CX8210',
    'containerVersion.tag[2].parameter[0].value',
  ],
  [
    'a trigger type of another spelling',
    damaged('"CUSTOM_EVENT"', '"customEvent"'),
    'CX8211',
    'containerVersion.trigger[0].type',
  ],
  [
    'a built-in variable that does not exist',
    damaged('"PAGE_URL"', '"PAGE_ADDRESS"'),
    'CX8211',
    'containerVersion.builtInVariable[0].type',
  ],
  [
    'two variables with one name',
    damaged('"name":"Referrer"', '"name":"Page Path"'),
    'CX8213',
    'containerVersion.builtInVariable[3].name',
  ],
  [
    'a folder that does not exist',
    damaged('"parentFolderId":"1"', '"parentFolderId":"7"'),
    'CX8215',
    'containerVersion.tag[0].parentFolderId',
  ],
  [
    'a set-up tag that does not exist',
    damaged('"tagName":"Meta - base and PageView"', '"tagName":"Meta - base"'),
    'CX8215',
    'containerVersion.tag[4].setupTag[0].tagName',
  ],
  [
    'a key twice in one map',
    damaged('"key":"parameterValue"', '"key":"parameter"'),
    'CX8217',
    'containerVersion.tag[1].parameter[1].list[0].map[1].key',
  ],
  [
    'a condition on a text',
    damaged('"value":"{{_event}}"', '"value":"purchase"'),
    'CX8218',
    'containerVersion.trigger[0].customEventFilter[0].parameter[0].value',
  ],
  [
    'an entity of another account',
    damaged(/("triggerId":"20")/, '$1,"accountId":"1"'),
    'CX8219',
    'containerVersion.trigger[0].accountId',
  ],
  [
    'a script of today',
    damaged("fbq('track', 'PageView');", "const p = 1; fbq('track', 'PageView');"),
    'CX8220',
    'containerVersion.tag[3].parameter[0].value',
  ],
  [
    'a secret',
    damaged("fbq('track', 'PageView');", "var access_token = 'abcdef123456';"),
    'CX8221',
    'containerVersion.tag[3].parameter[0].value',
  ],
  [
    'a pixel without consent',
    damaged('"consentStatus":"NEEDED"', '"consentStatus":"NOT_SET"'),
    'CX8222',
    'containerVersion.tag[3].consentSettings',
  ],
  [
    'no default of consent',
    damaged("'consent','default'", "'consent','update'"),
    'CX8223',
    'containerVersion.tag',
  ],
  [
    'a pixel event without its id',
    damaged(',{eventID:{{DLV - event_id}}}', ''),
    'CX8224',
    'containerVersion.tag[4].parameter[0].value',
  ],
])('%s is found at its place', (_, container, code, path) => {
  expect(check(container).map((one) => [one.code, one.notes[0]])).toEqual([
    [code, `JSON path: ${path}`],
  ]);
});

test('settings of triggers without key and value, and negated conditions, pass', () => {
  const container = damaged(
    '"type":"CUSTOM_EVENT",',
    '"type":"CUSTOM_EVENT","waitForTags":{"type":"BOOLEAN","value":"false"},"uniqueTriggerId":{"type":"TEMPLATE"},"parameter":[{"type":"TEMPLATE"}],' +
      '"filter":[{"type":"EQUALS","parameter":[{"type":"TEMPLATE","key":"arg0","value":"{{Page URL}}"},{"type":"TEMPLATE","key":"arg1","value":"x"},{"type":"BOOLEAN","key":"negate","value":"true"}]}],',
  );

  expect(check(container)).toEqual([]);
});

test('a file with tabs and a file of one line have their places too', () => {
  const [, bad] = cases;
  const tabbed = JSON.stringify(bad?.container, undefined, '\t');

  const [found] = checkFile(tabbed, 'c.json', plan).diagnostics;
  const span = found?.labels[0]?.span;

  expect(tabbed.slice(span?.start, span?.end)).toBe('"template"');
  expect(checkFile(JSON.stringify(bad?.container), 'c.json', plan).diagnostics).toHaveLength(1);
});
