import type { ParameterSource, PlatformEvent, TrackingPlan } from './schema.ts';

type Values = Readonly<Record<string, unknown>>;

/** A message of the data layer. */
export interface Push {
  readonly event: string;
  readonly event_id?: string;
  readonly ecommerce?: Values | null;
  readonly [key: string]: unknown;
}

/** An event as a pixel takes it. `null`: the platform has no event for it. */
export interface PixelEvent {
  readonly name: string;
  /** The same id as that of the server's event, for the platform to drop one of the two. */
  readonly eventId: string | undefined;
  readonly parameters: Values;
}

export type Pixel = 'meta' | 'tiktok';

/** What the tags of the container send for a push: the same rules, for checks and for the server's side. */
export function mapPush(plan: TrackingPlan, push: Push, pixel: Pixel): PixelEvent | null {
  const planned = plan.events[push.event]?.[pixel];
  if (planned === undefined) return null;
  return {
    name: planned.event,
    eventId: push.event_id,
    parameters: parametersOf(planned, push, pixel),
  };
}

function parametersOf(planned: PlatformEvent, push: Push, pixel: Pixel): Values {
  const entries = Object.entries(planned.parameters).map(
    ([name, source]) => [name, valueOf(source, push, pixel)] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function valueOf(source: ParameterSource, push: Push, pixel: Pixel): unknown {
  if (typeof source !== 'string') return source.constant;
  const items = itemsOf(push);
  if (source === 'items.ids') return items.map((item) => String(item['item_id']));
  if (source === 'items.quantity') {
    return items.reduce(
      (sum, { quantity }) => sum + (typeof quantity === 'number' ? quantity : 1),
      0,
    );
  }
  if (source === 'items.contents') return items.map(pixel === 'meta' ? metaContent : tiktokContent);
  const [place = '', key = ''] = source.split('.');
  return place === 'event' ? push[key] : push.ecommerce?.[key];
}

function itemsOf({ ecommerce }: Push): readonly Values[] {
  const items = ecommerce?.['items'];
  return Array.isArray(items) ? (items as readonly Values[]) : [];
}

function metaContent({ item_id: id, quantity = 1, price }: Values): Values {
  return defined({ id: String(id), quantity, item_price: price });
}

function tiktokContent(item: Values): Values {
  return defined({
    content_id: String(item['item_id']),
    content_name: item['item_name'],
    content_category: item['item_category'],
    price: item['price'],
    quantity: item['quantity'] ?? 1,
  });
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
