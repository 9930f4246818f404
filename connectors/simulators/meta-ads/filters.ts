import type { SimulatorResponse } from '../simulator.ts';
import { badParameter } from './answers.ts';

type Json = Readonly<Record<string, unknown>>;

interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

const GONE = new Set(['ARCHIVED', 'DELETED']);
/** Meta takes no more values of `delivery_info` in one call. */
const MOST_VALUES = 3;

/**
 * The objects that a list shows: those that are archived or deleted only where `delivery_info` asks for
 * them, and changes after an instant where `updated_time` does. Creatives have neither.
 */
export function selected(
  records: readonly Json[],
  kind: string,
  filtering: string | null,
): readonly Json[] | SimulatorResponse {
  const filters = readFilters(filtering);
  if (filters === undefined) return badParameter('param filtering must be an array');
  let isAskedFor = (record: Json) => !GONE.has(String(record['effective_status']));
  let hasChanged: (record: Json) => boolean = () => true;
  for (const { field, operator, value } of filters) {
    if (field === `${kind}.delivery_info` && operator === 'IN' && Array.isArray(value)) {
      if (value.length > MOST_VALUES) return badParameter('too many values of delivery_info');
      const wanted = new Set(value.map(String));
      isAskedFor = (record) => wanted.has(deliveryOf(record));
    } else if (field === `${kind}.updated_time` && operator === 'GREATER_THAN') {
      const after = Number(value) * 1000;
      hasChanged = (record) => Date.parse(isoOf(String(record['updated_time']))) > after;
    } else {
      return badParameter(`Filtering field ${field} with operation ${operator} is not supported`);
    }
  }
  return records.filter((record) => isAskedFor(record) && hasChanged(record));
}

function readFilters(filtering: string | null): readonly Filter[] | undefined {
  if (filtering === null) return [];
  try {
    const filters: unknown = JSON.parse(filtering);
    return Array.isArray(filters) ? (filters as Filter[]) : undefined;
  } catch {
    return undefined;
  }
}

function deliveryOf(record: Json): string {
  const status = String(record['effective_status']).toLowerCase();
  return status.endsWith('paused') ? 'inactive' : status;
}

/** `2026-10-03T18:45:59-0300` with a colon in its offset. */
function isoOf(time: string): string {
  return `${time.slice(0, -2)}:${time.slice(-2)}`;
}
