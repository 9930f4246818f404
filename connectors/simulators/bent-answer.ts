import type { Fault, OtherShape } from './faults.ts';
import type { SimulatorResponse } from './simulator.ts';

type Json = Record<string, unknown>;

/** The answer with the records of an earlier page in front of its own. */
export function withRecords(
  answer: SimulatorResponse,
  earlier: readonly unknown[],
): SimulatorResponse {
  if (answer.page === undefined || earlier.length === 0) return answer;
  const records = [...earlier, ...recordsOf(answer)];
  return { ...answer, body: replaced(answer.body, answer.page.path.split('.'), records) };
}

/** The records of an answer: what is at the path of its page. */
export function recordsOf(answer: SimulatorResponse): readonly unknown[] {
  if (answer.page === undefined || answer.status !== 200) return [];
  const found =
    answer.page.path === '' ? answer.body : at(answer.body, answer.page.path.split('.'));
  return Array.isArray(found) ? found : [];
}

/** The answer with a field of each record in another shape. */
export function withChangedShape(
  answer: SimulatorResponse,
  fault: Extract<Fault, { kind: 'changed_shape' }>,
): SimulatorResponse {
  if (answer.page === undefined) return answer;
  const path = fault.field.split('.');
  const records = recordsOf(answer).map((record) => bent(record, path, fault.to));
  return { ...answer, body: replaced(answer.body, answer.page.path.split('.'), records) };
}

/** The answer with something around its records in another shape. */
export function withChangedEnvelope(
  answer: SimulatorResponse,
  { field, to }: Extract<Fault, { kind: 'changed_envelope' }>,
): SimulatorResponse {
  if (answer.page === undefined || answer.status !== 200) return answer;
  const body = field === '' ? shaped(answer.body, to) : bent(answer.body, field.split('.'), to);
  return { ...answer, body };
}

function bent(record: unknown, path: readonly string[], to: OtherShape): unknown {
  const [name, ...rest] = path;
  if (name === undefined || !isObject(record) || !(name in record)) return record;
  if (rest.length > 0) return { ...record, [name]: bent(record[name], rest, to) };
  const { [name]: value, ...others } = record;
  if (to === 'missing') return others;
  return { ...record, [name]: shaped(value, to) };
}

function shaped(value: unknown, to: OtherShape): unknown {
  switch (to) {
    case 'text':
      return 'not what it was';
    case 'object':
      return { value };
    case 'list':
      return [value];
    case 'numbered':
      return Object.fromEntries(Object.entries(value as object));
    case 'null':
    case 'missing':
      return null;
  }
}

function at(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), body);
}

function replaced(body: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined || name === '') return value;
  if (!isObject(body)) return body;
  return { ...body, [name]: replaced(body[name], rest, value) };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
