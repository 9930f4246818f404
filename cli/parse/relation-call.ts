/** What a text such as `ref('orders', v=2)` names. */
export type RelationCall =
  | {
      readonly kind: 'ref';
      readonly name: string;
      readonly package?: string;
      readonly version?: string | number;
    }
  | { readonly kind: 'source'; readonly source: string; readonly table: string };

const CALL = /^\s*(?:\{\{)?\s*(ref|source)\s*(\(.*\)|\s.*?)\s*(?:\}\})?\s*$/s;
const ARGUMENT =
  /\s*(?:(v|version)\s*=\s*)?(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?))\s*(?:,|$|(?=\s))/gy;

/**
 * Reads `ref('model')`, `ref('package', 'model', v=2)` and `source('source', 'table')`, with dbt's
 * parentheses or as `{{ref "model"}}`. `undefined` for any other text.
 */
export function parseRelationCall(text: string): RelationCall | undefined {
  const match = CALL.exec(text);
  if (match === null) return undefined;
  const inner = (match[2] ?? '').trim().replace(/^\((.*)\)$/s, '$1');
  const names: string[] = [];
  let version: string | number | undefined;
  ARGUMENT.lastIndex = 0;
  while (ARGUMENT.lastIndex < inner.length) {
    const argument = ARGUMENT.exec(inner);
    if (argument === null) return undefined;
    const value = argument[2] ?? argument[3];
    if (argument[1] !== undefined) version = value ?? Number(argument[4]);
    else if (value === undefined) return undefined;
    else names.push(value);
  }
  return match[1] === 'ref' ? refOf(names, version) : sourceOf(names, version);
}

function refOf(
  names: readonly string[],
  version: string | number | undefined,
): RelationCall | undefined {
  const [first, second] = names;
  if (first === undefined || names.length > 2) return undefined;
  return {
    kind: 'ref',
    name: second ?? first,
    ...(second === undefined ? {} : { package: first }),
    ...(version === undefined ? {} : { version }),
  };
}

function sourceOf(names: readonly string[], version: unknown): RelationCall | undefined {
  const [source, table] = names;
  if (source === undefined || table === undefined || names.length > 2 || version !== undefined)
    return undefined;
  return { kind: 'source', source, table };
}
