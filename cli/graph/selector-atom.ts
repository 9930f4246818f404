import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { Span } from '../kernel/span.ts';
import { atSignWithPlus, unreadableAtom, unknownMethod } from './messages.ts';
import type { MethodName } from './methods/names.ts';
import { isMethodName, METHOD_NAMES } from './methods/names.ts';
import type { IndirectSelection } from './selection.ts';

/** A value in an atom: text on the command line; YAML also has numbers and booleans. */
export type SelectorValue = string | number | boolean;

/** One atom of a selection: `[@][N+]method.argument:value[+N]`. */
export interface SelectorAtom {
  /** As written. */
  readonly raw: string;
  readonly method: MethodName;
  /** `config.meta.owner:` has `meta` and `owner`. */
  readonly arguments: readonly string[];
  readonly value: SelectorValue;
  /** `@`: with everything below and all that those need. */
  readonly childrensParents: boolean;
  readonly parents: boolean;
  /** Steps; absent means all. */
  readonly parentsDepth?: number;
  readonly children: boolean;
  readonly childrenDepth?: number;
  /** Overrides the mode of the request. */
  readonly indirectSelection?: IndirectSelection;
  readonly span?: Span;
}

/** The value is the shortest that fits, so a `+N` at the end is always the operator. */
const ATOM =
  /^(?<at>@)?(?<parents>(?<parentsDepth>\d*)\+)?(?:(?<method>[\p{L}\p{N}_.]+):)?(?<value>.*?)(?<children>\+(?<childrenDepth>\d*))?$/u;

/**
 * Reads one atom. `place` is where its text stands, for the positions in errors (CX3010, CX3012);
 * the value is `undefined` when the text cannot be read.
 */
export function parseSelectorAtom(
  text: string,
  place: { readonly file: string; readonly start: number } = { file: '<selector>', start: 0 },
): Outcome<SelectorAtom | undefined> {
  const span = { file: place.file, start: place.start, end: place.start + text.length };
  const groups = ATOM.exec(text)?.groups;
  if (groups === undefined) return outcome(undefined, [unreadableAtom(text, span)]);
  const value = groups['value'] ?? '';
  const [method = defaultMethod(value), ...rest] = groups['method']?.split('.') ?? [];
  if (!isMethodName(method)) {
    const start = span.start + (groups['at'] ?? '').length + (groups['parents'] ?? '').length;
    const at = { file: place.file, start, end: start + method.length };
    return outcome(undefined, [unknownMethod(method, METHOD_NAMES, at)]);
  }
  if (groups['at'] !== undefined && groups['children'] !== undefined) {
    const plus = { ...span, start: span.end - groups['children'].length };
    return outcome(undefined, [atSignWithPlus(text, plus)]);
  }
  return outcome({
    raw: text,
    method,
    arguments: rest,
    value,
    childrensParents: groups['at'] !== undefined,
    parents: groups['parents'] !== undefined,
    ...depth('parentsDepth', groups['parentsDepth']),
    children: groups['children'] !== undefined,
    ...depth('childrenDepth', groups['childrenDepth']),
    span,
  });
}

function depth(key: 'parentsDepth' | 'childrenDepth', digits: string | undefined) {
  return digits === undefined || digits === '' ? {} : { [key]: Number(digits) };
}

/** What an atom without a method means: a path, a file, or a name. */
function defaultMethod(value: string): MethodName {
  if (value.includes('/')) return 'path';
  return /\.(sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

/** The shortest text that reads as the atom again; values that no text can hold are printed as they are. */
export function printSelectorAtom(atom: SelectorAtom): string {
  const short = `${before(atom)}${atom.value}${after(atom)}`;
  const full = `${before(atom)}${[atom.method, ...atom.arguments].join('.')}:${atom.value}${after(atom)}`;
  const again = parseSelectorAtom(short).value;
  return again !== undefined && isSameAtom(again, atom) ? short : full;
}

function before(atom: SelectorAtom): string {
  return `${atom.childrensParents ? '@' : ''}${atom.parents ? `${atom.parentsDepth ?? ''}+` : ''}`;
}

function after(atom: SelectorAtom): string {
  return atom.children ? `+${atom.childrenDepth ?? ''}` : '';
}

/** Equal in meaning: where they were written does not count. */
export function isSameAtom(left: SelectorAtom, right: SelectorAtom): boolean {
  return (
    left.method === right.method &&
    left.arguments.join('.') === right.arguments.join('.') &&
    left.value === right.value &&
    left.childrensParents === right.childrensParents &&
    left.parents === right.parents &&
    left.parentsDepth === right.parentsDepth &&
    left.children === right.children &&
    left.childrenDepth === right.childrenDepth &&
    left.indirectSelection === right.indirectSelection
  );
}
