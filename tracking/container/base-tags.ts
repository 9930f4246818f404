import type { TrackingConfig } from '../../cli/project/tracking-config.ts';
import type { ConsentNeed, Owner, Parameter, TagOptions } from './entities.ts';
import { SYSTEM_TRIGGER, boolean, settingsTable, tag, template } from './entities.ts';
import { captureClickIds, consentDefault, metaBase, tiktokBase } from './scripts.ts';

export const META_BASE = 'Meta - base and PageView';
export const TIKTOK_BASE = 'TikTok - base and page';
export const GA4_ID = '{{CONST - GA4 ID}}';

/** Tags of every page: consent first, then click ids, then what each platform loads. */
export function baseTags(
  config: TrackingConfig,
  owner: Owner,
): readonly Readonly<Record<string, unknown>>[] {
  return [
    tag(owner, consentTag(config.consent_default)),
    tag(owner, clickIdTag()),
    tag(owner, conversionLinker()),
    ...(hasId(config.ga4_id) ? [tag(owner, googleTag())] : []),
    ...(hasId(config.meta_pixel_id) ? [tag(owner, metaTag())] : []),
    ...(hasId(config.tiktok_pixel_code) ? [tag(owner, tiktokTag())] : []),
  ];
}

export function hasId(id: string | null | undefined): boolean {
  return typeof id === 'string';
}

export function htmlParameters(html: string): readonly Parameter[] {
  return [template('html', html), boolean('supportDocumentWrite', false)];
}

function consentTag(state: TrackingConfig['consent_default']): TagOptions {
  return {
    id: 1,
    name: `Consent - default ${state}`,
    type: 'html',
    parameter: htmlParameters(consentDefault(state)),
    trigger: SYSTEM_TRIGGER.consentInitialization,
    consent: 'NOT_NEEDED',
  };
}

/** Its cookies serve advertising, so they wait for the consent to it. */
function clickIdTag(): TagOptions {
  return {
    id: 2,
    name: 'Click ids - keep for the order',
    type: 'html',
    parameter: htmlParameters(captureClickIds()),
    ...ON_ALL_PAGES,
  };
}

function conversionLinker(): TagOptions {
  return {
    id: 3,
    name: 'Google Ads - conversion linker',
    type: 'gclidw',
    parameter: [
      boolean('enableCrossDomain', false),
      boolean('enableUrlPassthrough', false),
      boolean('enableCookieOverrides', false),
    ],
    trigger: SYSTEM_TRIGGER.allPages,
    consent: 'NOT_SET',
  };
}

function googleTag(): TagOptions {
  return {
    id: 4,
    name: 'GA4 - Google tag',
    type: 'googtag',
    parameter: [
      template('tagId', GA4_ID),
      settingsTable('configSettingsTable', { send_page_view: 'true' }),
    ],
    trigger: SYSTEM_TRIGGER.initialization,
    consent: 'NOT_SET',
  };
}

function metaTag(): TagOptions {
  return {
    id: 5,
    name: META_BASE,
    type: 'html',
    parameter: htmlParameters(metaBase('{{CONST - Meta Pixel ID}}')),
    ...ON_ALL_PAGES,
  };
}

function tiktokTag(): TagOptions {
  return {
    id: 6,
    name: TIKTOK_BASE,
    type: 'html',
    parameter: htmlParameters(tiktokBase('{{CONST - TikTok Pixel Code}}')),
    ...ON_ALL_PAGES,
  };
}

const ON_ALL_PAGES = {
  trigger: SYSTEM_TRIGGER.allPages,
  consent: 'ad_storage' satisfies ConsentNeed,
  isOncePerLoad: true,
} as const;
