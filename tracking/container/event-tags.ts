import type { TrackingConfig } from '../../cli/project/tracking-config.ts';
import type { PlannedEvent, PlatformEvent, TrackingPlan } from '../plan/schema.ts';
import { GA4_ID, META_BASE, TIKTOK_BASE, hasId, htmlParameters } from './base-tags.ts';
import type { Owner, Parameter, TagOptions } from './entities.ts';
import { boolean, settingsTable, tag, template } from './entities.ts';
import { EVENT_ID, layerVariable, metaEvent, tiktokEvent } from './scripts.ts';

/** An event of the plan and its numbers, which depend on its place and on nothing else. */
export interface NumberedEvent {
  readonly name: string;
  readonly planned: PlannedEvent;
  /** Tags take this number and the ones after it, the trigger takes it too. */
  readonly number: number;
}

interface EventTagsContext {
  readonly plan: TrackingPlan;
  readonly config: TrackingConfig;
  readonly owner: Owner;
}

/** One tag per platform that has an id and knows the event. */
export function eventTags(
  event: NumberedEvent,
  { plan, config, owner }: EventTagsContext,
): readonly Readonly<Record<string, unknown>>[] {
  const { meta, tiktok } = event.planned;
  const tags: TagOptions[] = [];
  if (hasId(config.ga4_id)) tags.push(ga4Tag(event, plan));
  if (hasId(config.meta_pixel_id) && meta !== undefined) tags.push(metaTag(event, meta));
  if (hasId(config.tiktok_pixel_code) && tiktok !== undefined) tags.push(tiktokTag(event, tiktok));
  return tags.map((options) => tag(owner, options));
}

/** Keys beside `event` that the tags of these events read, in the order of their first use. */
export function layerKeysOf(
  events: readonly NumberedEvent[],
  plan: TrackingPlan,
): readonly string[] {
  const keys = events.flatMap(({ planned }) => [
    ...eventKeys(planned.parameters, plan),
    ...[planned.meta, planned.tiktok].flatMap((platform) =>
      Object.values(platform?.parameters ?? {}).flatMap((source) =>
        typeof source === 'string' && source.startsWith('event.') ? [source.slice(6)] : [],
      ),
    ),
  ]);
  return [...new Set(keys)];
}

function eventKeys(parameters: readonly string[], plan: TrackingPlan): readonly string[] {
  return parameters.filter((key) => plan.parameters[key]?.in === 'event');
}

function ga4Tag({ name, planned, number }: NumberedEvent, plan: TrackingPlan): TagOptions {
  const beside = eventKeys(planned.parameters, plan);
  const isEcommerce = planned.items !== 'none' || beside.length < planned.parameters.length;
  const rows = Object.fromEntries(beside.map((key) => [key, `{{${layerVariable(key)}}}`]));
  const parameter: readonly Parameter[] = [
    boolean('sendEcommerceData', isEcommerce),
    ...(isEcommerce ? [template('getEcommerceDataFrom', 'dataLayer')] : []),
    boolean('enhancedUserId', false),
    settingsTable('eventSettingsTable', { event_id: EVENT_ID, ...rows }),
    template('eventName', name),
    template('measurementIdOverride', GA4_ID),
  ];
  return {
    id: number,
    name: `GA4 - ${name}`,
    type: 'gaawe',
    parameter,
    trigger: String(number),
    consent: 'NOT_SET',
  };
}

function metaTag({ name, number }: NumberedEvent, planned: PlatformEvent): TagOptions {
  return {
    id: number + 1,
    name: `Meta - ${name}`,
    type: 'html',
    parameter: htmlParameters(metaEvent(planned)),
    trigger: String(number),
    consent: 'ad_storage',
    setupTag: META_BASE,
  };
}

function tiktokTag({ name, number }: NumberedEvent, planned: PlatformEvent): TagOptions {
  return {
    id: number + 2,
    name: `TikTok - ${name}`,
    type: 'html',
    parameter: htmlParameters(tiktokEvent(planned)),
    trigger: String(number),
    consent: 'ad_storage',
    setupTag: TIKTOK_BASE,
  };
}
