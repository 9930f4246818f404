import type { SimulatorRequest, SimulatorResponse } from '../simulator.ts';

/** `{code, message, description}`, as Nuvemshop words its errors. */
export function problem(code: number, message: string, description: string): SimulatorResponse {
  return { status: code, body: { code, message, description } };
}

/** A value of the query that is refused: the field with its messages, and no code. */
export function invalid(field: string, message: string): SimulatorResponse {
  return { status: 422, body: { [field]: [message] } };
}

/** An instant as Nuvemshop writes it: `2026-10-01T02:40:00+0000`. */
export function timeText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+0000`;
}

/** A time that is not there yet. */
export function timeOrNull(instant: number | undefined): string | null {
  return instant === undefined ? null : timeText(instant);
}

/** A text by language, in the one language of the store. */
export function localised(text: string): Readonly<Record<string, string>> {
  return { pt: text };
}

/** The record with the fields that were asked for; all of them where none were. */
export function withFields(
  record: Readonly<Record<string, unknown>>,
  request: SimulatorRequest,
): Readonly<Record<string, unknown>> {
  const fields = request.query.get('fields');
  if (fields === null) return record;
  const asked = new Set(fields.split(','));
  return Object.fromEntries(Object.entries(record).filter(([name]) => asked.has(name)));
}
