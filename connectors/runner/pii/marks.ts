import { sha256 } from '../../../cli/kernel/hash.ts';
import type { PiiKind, Stream } from '../../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import { isList, valueAt } from '../../sdk/value-source.ts';
import { normalForm } from './normal-form.ts';

export type MarkKind = 'email' | 'phone' | 'document' | 'account';

/** Something that tells whose a record is. It never holds the value itself. */
export interface Mark {
  readonly kind: MarkKind;
  /** Kind and SHA-256 of the normal form: `email:9f86…`. The same whether the value lands in clear or hashed. */
  readonly digest: string;
  /** No two persons have it: a CPF, or the account that the record is. Numbers and addresses are shared. */
  readonly isOwn: boolean;
}

/** Whose table and account a record comes from: ids of accounts mean nothing without. */
export interface MarkPlace {
  /** `nuvemshop`. */
  readonly platform: string;
  readonly accountId: string;
}

const SEARCHED: ReadonlySet<PiiKind> = new Set(['email', 'phone', 'document']);
/** A value that landed as the SHA-256 of its normal form. */
const HASHED = /^[0-9a-f]{64}$/;
const CPF = /^\d{11}$/;

/** Whether records of a stream say whose they are. */
export function hasMarks({ pii = [], person }: Stream): boolean {
  return person?.account !== undefined || pii.some(({ kind }) => SEARCHED.has(kind));
}

/** The mark of an e-mail address, a telephone number or a document; `undefined` for what names nobody. */
export function markOf(kind: Exclude<MarkKind, 'account'>, value: string): Mark | undefined {
  if (HASHED.test(value)) return mark(kind, value, kind === 'document');
  const normal = normalForm(value, kind);
  if (normal === undefined) return undefined;
  return mark(kind, sha256(normal), kind === 'document' && CPF.test(normal));
}

/** All marks of a record as it was read or as it landed, each once. */
export function marksOf(record: JsonRecord, stream: Stream, place: MarkPlace): readonly Mark[] {
  const found = new Map<string, Mark>();
  const add = (one: Mark | undefined) => one !== undefined && found.set(one.digest, one);
  for (const { kind, value } of searchedValues(record, stream)) add(markOf(kind, value));
  const { account, isAccount = false } = stream.person ?? {};
  for (const value of account === undefined ? [] : textsAt(record, account)) {
    if (value === '0') continue;
    const text = JSON.stringify([place.platform, place.accountId, value]);
    add(mark('account', sha256(text), isAccount));
  }
  return [...found.values()];
}

/** The e-mail addresses, numbers and documents of a record as they are written there. */
export function searchedValues(
  record: JsonRecord,
  { pii = [] }: Stream,
): readonly { readonly kind: Exclude<MarkKind, 'account'>; readonly value: string }[] {
  return pii.flatMap(({ path, kind }) =>
    kind === 'email' || kind === 'phone' || kind === 'document'
      ? textsAt(record, path).map((value) => ({ kind, value }))
      : [],
  );
}

function mark(kind: MarkKind, hash: string, isOwn: boolean): Mark {
  return { kind, digest: `${kind}:${hash}`, isOwn };
}

/** Texts and numbers at a path, through lists. */
function textsAt(record: JsonRecord, path: string): readonly string[] {
  return flat(valueAt(record, path));
}

function flat(value: JsonValue | undefined): readonly string[] {
  if (isList(value)) return value.flatMap(flat);
  const isText = typeof value === 'string' || typeof value === 'number';
  return isText && value !== '' ? [String(value)] : [];
}
