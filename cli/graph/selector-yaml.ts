import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { Span } from '../kernel/span.ts';
import { didYouMean } from '../kernel/suggest.ts';
import { selectorsInvalid, textHoldsSeparator, unknownMethod } from './messages.ts';
import { isMethodName, METHOD_NAMES } from './methods/names.ts';
import type { IndirectSelection } from './selection.ts';
import { INDIRECT_SELECTIONS } from './selection.ts';
import type { SelectorAtom } from './selector-atom.ts';
import { parseSelectorAtom, printSelectorAtom } from './selector-atom.ts';
import type { SelectorExpression } from './selector-expression.ts';

export type Path = readonly (string | number)[];

/** Where a part of a YAML value stands. */
export type Locate = (path: Path) => Span | undefined;

type Parsed = Outcome<SelectorExpression | undefined>;
type Fields = Readonly<Record<string, unknown>>;

const ATOM_KEYS = [
  'method',
  'value',
  'parents',
  'parents_depth',
  'children',
  'children_depth',
  'childrens_parents',
  'indirect_selection',
  'exclude',
];

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One definition: a text, a shortcut, a method with its fields, or a `union` or `intersection`. */
export function parseDefinition(value: unknown, path: Path, locate: Locate): Parsed {
  if (typeof value === 'string') return parseText(value, locate(path));
  if (!isRecord(value)) {
    return refused(
      'a definition is a text or a mapping',
      locate(path),
      'put a list under `union:`',
    );
  }
  const set = ['union', 'intersection'].find((key) => Object.hasOwn(value, key));
  if (set === 'union' || set === 'intersection') return parseSet(set, value, path, locate);
  return parseMethod(value, path, locate);
}

function parseText(text: string, span: Span | undefined): Parsed {
  const isQuoted = span !== undefined && span.end - span.start === text.length + 2;
  const place = {
    file: span?.file ?? '<selectors>',
    start: (span?.start ?? 0) + (isQuoted ? 1 : 0),
  };
  const { value: atom, diagnostics } = parseSelectorAtom(text, place);
  if (atom === undefined) return outcome(undefined, diagnostics);
  const warnings = /[ ,]/.test(text) ? [textHoldsSeparator(text, span)] : [];
  return outcome({ kind: 'atom', atom }, warnings);
}

function parseSet(
  kind: 'union' | 'intersection',
  fields: Fields,
  path: Path,
  locate: Locate,
): Parsed {
  const others = Object.keys(fields).filter((key) => key !== kind);
  if (others.length > 0) {
    return refused(
      `\`${kind}\` stands beside \`${others.join('`, `')}\``,
      locate(path),
      `a definition has one of \`union\` and \`intersection\` and nothing else: put the rest into the list`,
    );
  }
  const members = fields[kind];
  if (!Array.isArray(members)) return refused(`\`${kind}\` is not a list`, locate([...path, kind]));
  const parts: SelectorExpression[] = [];
  const exclusions: SelectorExpression[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, member] of members.entries()) {
    const at = [...path, kind, index];
    const isExclusion = isRecord(member) && Object.keys(member).join() === 'exclude';
    const parsed = isExclusion
      ? parseExclusion(member, at, locate)
      : parseDefinition(member, at, locate);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.value !== undefined) (isExclusion ? exclusions : parts).push(parsed.value);
  }
  if (exclusions.length > 1) {
    diagnostics.push(
      selectorsInvalid(
        `\`${kind}\` has more than one \`exclude\``,
        locate([...path, kind]),
        'put all exclusions into one list',
      ),
    );
  }
  const group: SelectorExpression = { kind, parts, indirectSelection: 'eager' };
  return outcome(excluding(group, exclusions[0]), diagnostics);
}

function parseExclusion(fields: Fields, path: Path, locate: Locate): Parsed {
  const members = fields['exclude'];
  if (!Array.isArray(members))
    return refused('`exclude` is not a list', locate([...path, 'exclude']));
  const parsed = members.map((member, index) =>
    parseDefinition(member, [...path, 'exclude', index], locate),
  );
  const parts = parsed.map(({ value }) => value).filter((value) => value !== undefined);
  const union: SelectorExpression = { kind: 'union', parts, indirectSelection: 'eager' };
  return outcome(
    parts.length === 1 ? parts[0] : union,
    parsed.flatMap(({ diagnostics }) => diagnostics),
  );
}

function excluding(
  from: SelectorExpression,
  minus: SelectorExpression | undefined,
): SelectorExpression {
  return minus === undefined ? from : { kind: 'difference', from, minus };
}

function parseMethod(fields: Fields, path: Path, locate: Locate): Parsed {
  const keys = Object.keys(fields);
  const [only = ''] = keys;
  const isShortcut = keys.length === 1 && only !== 'method';
  const full = isShortcut ? { method: only, value: fields[only] } : fields;
  if (!('method' in full) || !('value' in full)) {
    return refused(
      'a definition has neither one key nor `method` and `value`',
      locate(path),
      'write `{tag: nightly}` or `{method: tag, value: nightly}`',
    );
  }
  const atom = parseFields(full, path, locate);
  if (atom.value === undefined || !('exclude' in full)) return atom;
  const exclusion = parseExclusion(full, path, locate);
  return outcome(excluding(atom.value, exclusion.value), [
    ...atom.diagnostics,
    ...exclusion.diagnostics,
  ]);
}

function parseFields(fields: Fields, path: Path, locate: Locate): Parsed {
  const span = locate(path);
  const unknown = Object.keys(fields).find((key) => !ATOM_KEYS.includes(key));
  if (unknown !== undefined) {
    return refused(
      `\`${unknown}\` is not a key of a definition`,
      span,
      didYouMean(unknown, ATOM_KEYS),
    );
  }
  const { method, value } = fields;
  const [name = '', ...rest] = String(method).split('.');
  if (!isMethodName(name)) {
    return outcome(undefined, [
      unknownMethod(name, METHOD_NAMES, locate([...path, 'method']) ?? span),
    ]);
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return refused(`\`value\` of \`${name}\` is not a text`, span);
  }
  const operators = parseOperators(fields);
  if (typeof operators === 'string') return refused(operators, span);
  const atom: SelectorAtom = {
    raw: '',
    method: name,
    arguments: rest,
    value,
    ...operators,
    ...(span === undefined ? {} : { span }),
  };
  return outcome({ kind: 'atom', atom: { ...atom, raw: printSelectorAtom(atom) } });
}

/** The fields beside method and value, or what is wrong with them. */
function parseOperators(fields: Fields) {
  const [parents, children, childrensParents] = ['parents', 'children', 'childrens_parents'].map(
    (key) => parseFlag(fields[key]),
  );
  const [parentsDepth, childrenDepth] = [
    parseDepth(fields['parents_depth']),
    parseDepth(fields['children_depth']),
  ];
  const mode = fields['indirect_selection'];
  if (parents === undefined || children === undefined || childrensParents === undefined) {
    return '`parents`, `children` and `childrens_parents` are `true` or `false`';
  }
  if (Number.isNaN(parentsDepth) || Number.isNaN(childrenDepth)) {
    return '`parents_depth` and `children_depth` are whole numbers from 0';
  }
  if (mode !== undefined && !isIndirectSelection(mode)) {
    return `\`indirect_selection\` is one of \`${INDIRECT_SELECTIONS.join('`, `')}\``;
  }
  if (children && childrensParents) {
    return '`children` has no place beside `childrens_parents`, which takes everything below';
  }
  return {
    parents,
    children,
    childrensParents,
    ...(parentsDepth === undefined ? {} : { parentsDepth }),
    ...(childrenDepth === undefined ? {} : { childrenDepth }),
    ...(mode === undefined ? {} : { indirectSelection: mode }),
  };
}

function parseFlag(value: unknown): boolean | undefined {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** The number 0 means all, as in dbt; the text `0` none. */
function parseDepth(value: unknown): number | undefined {
  if (value === undefined || value === null || value === 0) return undefined;
  const isDepth =
    typeof value === 'number' ? value >= 0 : typeof value === 'string' && /^\d+$/.test(value);
  return isDepth && Number.isInteger(Number(value)) ? Number(value) : Number.NaN;
}

function isIndirectSelection(value: unknown): value is IndirectSelection {
  return (INDIRECT_SELECTIONS as readonly unknown[]).includes(value);
}

function refused(message: string, span: Span | undefined, hint?: string): Parsed {
  return outcome(undefined, [selectorsInvalid(message, span, hint)]);
}
