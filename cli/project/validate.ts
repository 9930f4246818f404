import type { z } from 'zod';
import type { Code } from '../kernel/codes.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { didYouMean, listOf } from '../kernel/suggest.ts';
import { keysAt } from './schema-keys.ts';
import type { YamlPath, YamlValue } from './yaml.ts';
import { keySpanAt, plainValue, spanAt } from './yaml.ts';

export interface ValidationCodes {
  readonly invalid: Code;
  readonly unknownKey: Code;
}

export interface Validated<T> {
  /** Absent when something was wrong. */
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

type Issue = z.core.$ZodIssue;

/**
 * Checks a YAML value against a schema. Every message carries the place of the value, the allowed
 * values or the nearest key, and never the value itself (it may be a secret).
 */
export function validate<T>(
  schema: z.ZodType<T>,
  root: YamlValue,
  file: string,
  codes: ValidationCodes,
): Validated<T> {
  const result = schema.safeParse(plainValue(root));
  if (result.success) return { value: result.data, diagnostics: [] };
  const place = { schema, root, file, codes };
  return { diagnostics: result.error.issues.flatMap((issue) => diagnosticsOf(issue, place)) };
}

interface Place {
  readonly schema: z.ZodType;
  readonly root: YamlValue;
  readonly file: string;
  readonly codes: ValidationCodes;
}

function diagnosticsOf(issue: Issue, place: Place, base: YamlPath = []): Diagnostic[] {
  const path = [...base, ...(issue.path as YamlPath)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(key, path, place));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = nearestBranch(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => diagnosticsOf(inner, place, path));
  }
  const details = { span: spanAt(place.root, path, place.file) };
  return [diagnostic(place.codes.invalid, `${subjectOf(path)} ${complaintOf(issue)}`, details)];
}

/** The alternative that went furthest before it failed; `undefined` when all failed at once. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
  );
}

function unknownKey(key: string, path: YamlPath, place: Place): Diagnostic {
  const known = keysAt(place.schema, path);
  const where = path.length === 0 ? 'here' : `in ${subjectOf(path)}`;
  const listed =
    known.length > 0 && known.length <= 12
      ? `the keys ${where} are ${list(known, 'and')}`
      : undefined;
  return diagnostic(place.codes.unknownKey, `\`${key}\` is not a key that can stand ${where}`, {
    span: keySpanAt(place.root, path, key, place.file),
    hint: didYouMean(key, known) ?? listed,
  });
}

/** A path as people write it: `` `columns[0].name` ``. */
export function subjectOf(path: YamlPath): string {
  if (path.length === 0) return 'the file';
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `\`${text.replace(/^\./, '')}\``;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: '`null`',
};

/** The rest of a sentence that begins with what is wrong. Never repeats the value. */
export function complaintOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${expected(issue.expected)}`;
    case 'invalid_value':
      return `must be ${list(issue.values.map(String), 'or')}`;
    case 'invalid_union':
      return `must be ${alternatives(issue.errors)}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'must not be empty'
        : `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_format':
    case 'custom':
      return issue.message;
    case 'unrecognized_keys':
      return `takes no ${list(issue.keys, 'or')}`;
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return 'is not allowed';
  }
}

function expected(type: string): string {
  return EXPECTED[type] ?? `a value of type ${type}`;
}

function alternatives(branches: readonly (readonly Issue[])[]): string {
  const wanted = branches.flatMap((issues) => {
    const first = issues[0];
    if (first?.code === 'invalid_type') return [expected(first.expected)];
    if (first?.code === 'invalid_value') return first.values.map((value) => `\`${String(value)}\``);
    return [];
  });
  return wanted.length === 0 ? 'written in another form' : listOf([...new Set(wanted)], 'or');
}

function list(names: readonly string[], conjunction: 'or' | 'and'): string {
  return listOf(
    names.map((name) => `\`${name}\``),
    conjunction,
  );
}
