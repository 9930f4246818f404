import type { Diagnostic } from '../../kernel/diagnostic.ts';
import type { YamlEntry, YamlMap, YamlValue } from '../yaml.ts';
import { entryOf, keyPlaceOf, valueOf } from '../yaml.ts';
import type { ClientFile } from './client-file.ts';
import { nothingToSwitchOff } from './messages.ts';

/** Sections whose entries have names; `false` in place of one switches it off. */
const SWITCHED: readonly (readonly string[])[] = [
  ['connectors'],
  ['pipelines'],
  ['conversions', 'destinations'],
  ['alerts', 'channels'],
  ['alerts', 'rules'],
];

/**
 * A project file with a client's file laid over it. Maps are merged key by key, at every depth; everything else of
 * the client replaces what the project says, and `false` takes away a map. Every value keeps its own place.
 */
export function overlaid(base: YamlMap, client: ClientFile, diagnostics: Diagnostic[]): YamlMap {
  const own = withFile(client.yaml, client.path);
  diagnostics.push(...unknownSwitches(base, client));
  const database = entryOf(own, 'database');
  const rest = { ...own, entries: own.entries.filter(({ key }) => key !== 'database') };
  const merged = mergedMaps(base, rest);
  const placed = database === undefined ? merged : withDatabase(merged, rest, database);
  return withCode(placed, client);
}

function mergedMaps(base: YamlMap, own: YamlMap): YamlMap {
  const entries = base.entries.flatMap((entry) => {
    const over = entryOf(own, entry.key);
    if (over === undefined) return [entry];
    if (isFalse(over.value) && entry.value.kind === 'map') return [];
    const isBoth = entry.value.kind === 'map' && over.value.kind === 'map';
    return [isBoth ? { ...over, value: mergedValues(entry.value, over.value) } : over];
  });
  const added = own.entries.filter(({ key }) => entryOf(base, key) === undefined);
  return { ...base, entries: [...entries, ...added] };
}

function mergedValues(base: YamlValue, own: YamlValue): YamlValue {
  return base.kind === 'map' && own.kind === 'map' ? mergedMaps(base, own) : own;
}

/** `database:` of a client stands for that of every target, unless the client writes one for a target itself. */
function withDatabase(merged: YamlMap, own: YamlMap, database: YamlEntry): YamlMap {
  const { start, end } = database.value;
  const place = { keyStart: start, keyEnd: end, ...fileOf(database) };
  const empty: YamlMap = { kind: 'map', entries: [], start, end, ...fileOf(database) };
  const targets = valueOf(merged, 'targets');
  const written = targets?.kind === 'map' ? targets.entries : [];
  const named = written.length > 0 ? written : [{ ...place, key: 'local', value: empty }];
  const withOwn = named.map((target) => {
    const chosen = valueOf(valueOf(own, 'targets'), target.key);
    const isChosen =
      valueOf(chosen, 'database') !== undefined || valueOf(chosen, 'schema') !== undefined;
    if (isChosen) return target;
    const body = target.value.kind === 'map' ? target.value : { ...empty, ...spanOf(target.value) };
    const others = body.entries.filter(({ key }) => key !== 'database' && key !== 'schema');
    return { ...target, value: { ...body, entries: [...others, database] } };
  });
  return replaced(merged, {
    ...place,
    key: 'targets',
    value: { ...(targets?.kind === 'map' ? targets : empty), entries: withOwn },
  });
}

function withCode(merged: YamlMap, { code, path }: ClientFile): YamlMap {
  const client = valueOf(merged, 'client');
  const place = { start: 0, end: 0, file: path };
  const body: YamlMap = client?.kind === 'map' ? client : { kind: 'map', entries: [], ...place };
  const key = { keyStart: 0, keyEnd: 0, file: path };
  const value = { kind: 'scalar' as const, value: code, isPlain: false, ...place };
  return replaced(merged, {
    ...key,
    key: 'client',
    value: replaced(body, { ...key, key: 'code', value }),
  });
}

function replaced(map: YamlMap, entry: YamlEntry): YamlMap {
  return { ...map, entries: [...map.entries.filter(({ key }) => key !== entry.key), entry] };
}

function unknownSwitches(base: YamlMap, client: ClientFile): Diagnostic[] {
  return SWITCHED.flatMap((path) => {
    const at = (root: YamlValue): YamlValue | undefined =>
      path.reduce<YamlValue | undefined>((value, key) => valueOf(value, key), root);
    const here = at(base);
    const own = at(client.yaml);
    const known = here?.kind === 'map' ? here.entries.map(({ key }) => key) : [];
    const off = own?.kind === 'map' ? own.entries.filter(({ value }) => isFalse(value)) : [];
    return off
      .filter(({ key }) => !known.includes(key))
      .map((entry) =>
        nothingToSwitchOff(entry.key, path.join('.'), known, keyPlaceOf(entry, client.path)),
      );
  });
}

function isFalse(value: YamlValue): boolean {
  return value.kind === 'scalar' && value.value === false;
}

function fileOf({ file }: { readonly file?: string }): { readonly file?: string } {
  return file === undefined ? {} : { file };
}

function spanOf(value: YamlValue): { readonly start: number; readonly end: number } {
  return { start: value.start, end: value.end, ...fileOf(value) };
}

function withFile(map: YamlMap, file: string): YamlMap {
  return {
    ...map,
    file,
    entries: map.entries.map((entry) => ({
      ...entry,
      file,
      value: valueWithFile(entry.value, file),
    })),
  };
}

function valueWithFile(value: YamlValue, file: string): YamlValue {
  switch (value.kind) {
    case 'scalar':
      return { ...value, file };
    case 'list':
      return { ...value, file, items: value.items.map((each) => valueWithFile(each, file)) };
    case 'map':
      return withFile(value, file);
  }
}
