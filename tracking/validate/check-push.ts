import { didYouMean } from '../../cli/kernel/suggest.ts';
import type { PlannedEvent, TrackingPlan } from '../plan/schema.ts';
import type { Finding } from './finding.ts';
import { pathText } from './finding.ts';
import { checkPersonalData } from './personal-data.ts';
import type { Fields, Placed } from './values.ts';
import { isFields } from './values.ts';

/** Is this message of the data layer a valid event of the plan? Its place is `path`. */
export function checkPush(push: Placed, plan: TrackingPlan): readonly Finding[] {
  const { event } = push.fields;
  const planned = typeof event === 'string' ? plan.events[event] : undefined;
  const ecommerce = ecommerceOf(push);
  return [
    ...eventProblems(push, plan),
    ...(planned === undefined ? [] : requiredProblems(push, event as string, planned)),
    ...(ecommerce === undefined ? [] : valueProblems(ecommerce, plan)),
    ...(ecommerce === undefined || planned?.items === 'none' ? [] : itemProblems(ecommerce, plan)),
    ...checkPersonalData(push),
  ];
}

export function ecommerceOf({ fields, path }: Placed): Placed | undefined {
  const { ecommerce } = fields;
  return isFields(ecommerce) ? { fields: ecommerce, path: [...path, 'ecommerce'] } : undefined;
}

/** Names of Tag Manager itself, and events without e-commerce that the site has for other reasons, are no mistake. */
function eventProblems({ fields, path }: Placed, plan: TrackingPlan): readonly Finding[] {
  const { event, event_id: eventId, ecommerce } = fields;
  if (typeof event !== 'string') {
    if (!isFields(ecommerce)) return [];
    const message = '`ecommerce` is pushed without an `event`, so no tag fires';
    const hint = 'put `event` into the same push';
    return [{ code: 'CX8233', path, message, hint }];
  }
  const planned = plan.events[event];
  if (planned === undefined) {
    const nearby = didYouMean(event, Object.keys(plan.events));
    if (event.startsWith('gtm.') || (nearby === undefined && !isFields(ecommerce))) return [];
    const hint = nearby ?? 'add the event to tracking/events.yml of the project';
    const message = `\`${event}\` is not an event of the dictionary`;
    return [{ code: 'CX8238', path: [...path, 'event'], message, hint }];
  }
  const isSent = planned.meta !== undefined || planned.tiktok !== undefined;
  if (!isSent || (typeof eventId === 'string' && eventId !== '')) return [];
  return [
    {
      code: 'CX8239',
      path: eventId === undefined ? path : [...path, 'event_id'],
      message: `\`${event}\` has no \`event_id\`, so pixel and server cannot tell that they saw one event`,
      hint: `push \`event_id\`, the same as that of the server: \`${event}.<order or a random id>\``,
    },
  ];
}

function requiredProblems(push: Placed, event: string, planned: PlannedEvent): readonly Finding[] {
  const ecommerce = ecommerceOf(push);
  const missing = planned.required
    .filter((key) => isAbsent(ecommerce?.fields[key]))
    // Said by the rule that a value needs a currency.
    .filter((key) => key !== 'currency' || isAbsent(ecommerce?.fields['value']));
  const items = ecommerce?.fields['items'];
  const hasItems = Array.isArray(items) && items.length > 0;
  return [
    ...missing.map((key): Finding => missingKey(key, event, ecommerce ?? push)),
    ...(planned.items === 'required' && !hasItems ? [noItems(event, ecommerce ?? push)] : []),
  ];
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function missingKey(key: string, event: string, { path }: Placed): Finding {
  return {
    code: key === 'transaction_id' ? 'CX8230' : 'CX8240',
    path,
    message: `\`${event}\` needs \`${key}\``,
    hint: `add \`${key}\` to \`ecommerce\``,
  };
}

function noItems(event: string, { fields, path }: Placed): Finding {
  return {
    code: 'CX8233',
    path: fields['items'] === undefined ? path : [...path, 'items'],
    message: `\`${event}\` needs \`ecommerce.items\` with at least one item`,
    hint: 'list the products with `item_id`, `price` and `quantity`',
  };
}

function valueProblems(ecommerce: Placed, plan: TrackingPlan): readonly Finding[] {
  const { value, currency } = ecommerce.fields;
  const isWithout = !isAbsent(value) && isAbsent(currency);
  const withoutCurrency: Finding = {
    code: 'CX8231',
    path: [...ecommerce.path, 'value'],
    message: '`value` is pushed without a `currency`',
    hint: 'add `currency` beside it, such as `BRL`',
  };
  return [...(isWithout ? [withoutCurrency] : []), ...typeProblems(ecommerce, plan.parameters)];
}

/** Numbers are numbers, not texts; currencies are three capitals. */
function typeProblems(
  { fields, path }: Placed,
  parameters: TrackingPlan['parameters'],
): readonly Finding[] {
  return Object.entries(fields).flatMap(([key, value]): readonly Finding[] => {
    const type = parameters[key]?.type;
    const at = [...path, key];
    if (isAbsent(value) || type === undefined || type === 'text') return [];
    if (type === 'currency') {
      if (typeof value === 'string' && /^[A-Z]{3}$/.test(value)) return [];
      const message = `\`${pathText(at)}\` is no ISO 4217 code`;
      return [{ code: 'CX8241', path: at, message, hint: 'write three capitals such as `BRL`' }];
    }
    if (typeof value === 'number') return [];
    const message = `\`${pathText(at)}\` must be a number`;
    const hint = 'push it without quotes and currency sign, with a point: `89.9`';
    return [{ code: 'CX8235', path: at, message, hint }];
  });
}

function itemProblems(ecommerce: Placed, plan: TrackingPlan): readonly Finding[] {
  const items: unknown = ecommerce.fields['items'];
  if (!Array.isArray(items)) return [];
  const { most, needs_one_of: needed, parameters } = plan.items;
  const path = [...ecommerce.path, 'items'];
  const tooMany: Finding = {
    code: 'CX8234',
    path,
    message: `${items.length} items are more than the ${most} that Google Analytics reads`,
    hint: `push the first ${most}`,
  };
  return [
    ...(items.length > most ? [tooMany] : []),
    ...items.flatMap((item: unknown, index) => {
      const fields: Fields = isFields(item) ? item : {};
      const placed = { fields, path: [...path, index] };
      const isNamed = needed.some((key) => !isAbsent(fields[key]));
      return [...(isNamed ? [] : [unnamed(placed, needed)]), ...typeProblems(placed, parameters)];
    }),
  ];
}

function unnamed({ path }: Placed, needed: readonly string[]): Finding {
  const keys = needed.map((key) => `\`${key}\``).join(' or ');
  return {
    code: 'CX8232',
    path,
    message: `this item has no ${keys}`,
    hint: 'give `item_id` as it is in the catalogues of Meta and TikTok',
  };
}
