import type { ChildTable, Stream } from '../../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import type { ValueSource } from '../../sdk/columns.ts';
import { isList, isRecord, pathSteps } from '../../sdk/value-source.ts';

type Computed = Extract<ValueSource, { of: 'value' }>['value'];

/** A place of a record, and what is read below it. */
interface Place {
  /** A column holds everything from here on. */
  isWhole: boolean;
  readonly fields: Map<string, Place | Unread>;
  /** Columns made of the map here by a function, which does not say what it reads. */
  readonly computed: Computed[];
  /** `lines[].`, once something was found here. */
  prefix?: string;
  /** Stands for all keys that may be data. */
  unnamed?: Unread;
}

/** A field that nothing reads. */
interface Unread {
  readonly path: string;
  /** Where it was told last: a path is built and added once for each window, not for each record. */
  toldTo: Set<string> | undefined;
}

/** Names that a program gives; others (an e-mail address, a number) may be data, and there may be many. */
const NAME = /^[A-Za-z_$][\w$-]{0,63}$/;
/** So many different paths of one stream are told; a platform that changed more changed everything. */
const MOST_PATHS = 200;

/**
 * Finds fields of records that no column, child table or rule about personal data is about, at every level:
 * `gateway`, `customer.tier`, `lines[].tax`. Below a field that nothing reads it does not go on.
 */
export class UnreadFields {
  readonly #root: Place;
  #paths = 0;

  constructor(stream: Stream) {
    this.#root = placesOf(stream);
    this.#root.prefix = '';
  }

  /** Adds the paths of a record's unread fields to `found`. */
  find(record: JsonRecord, found: Set<string>): void {
    this.#walk(this.#root, record, { record, found });
  }

  #walk(place: Place, map: JsonRecord, search: Search): void {
    for (const key of Object.keys(map)) {
      const below = place.fields.get(key) ?? this.#learn(place, map, key, search);
      if (below === undefined) continue;
      if ('path' in below) tell(below, search.found);
      else if (!below.isWhole) this.#descend(below, map[key], `${place.prefix}${key}`, search);
    }
  }

  #descend(place: Place, value: JsonValue | undefined, path: string, search: Search): void {
    if (isRecord(value)) {
      place.prefix ??= `${path}.`;
      return this.#walk(place, value, search);
    }
    if (!isList(value)) return;
    place.prefix ??= `${path}[].`;
    for (const item of value) if (isRecord(item)) this.#walk(place, item, search);
  }

  /** What a key is that was not met before: one that a function reads, or one that nothing does. */
  #learn(
    place: Place,
    map: JsonRecord,
    key: string,
    { record }: Search,
  ): Place | Unread | undefined {
    if (this.#paths >= MOST_PATHS) return undefined;
    if (!NAME.test(key)) return (place.unnamed ??= this.#unread(place, '*'));
    const isRead = isComputed(place, map, key, record);
    const learnt = isRead ? { ...newPlace(), isWhole: true } : this.#unread(place, key);
    place.fields.set(key, learnt);
    return learnt;
  }

  #unread({ prefix = '' }: Place, name: string): Unread {
    this.#paths += 1;
    return { path: `${prefix}${name}`, toldTo: undefined };
  }
}

interface Search {
  readonly record: JsonRecord;
  readonly found: Set<string>;
}

function tell(field: Unread, found: Set<string>): void {
  if (field.toldTo === found) return;
  field.toldTo = found;
  found.add(field.path);
}

/** Asks the functions: what they look at in this map is read. */
function isComputed(place: Place, map: JsonRecord, key: string, record: JsonRecord): boolean {
  let isRead = false;
  const watched = new Proxy(map, {
    get(target, name) {
      isRead ||= name === key;
      return Reflect.get(target, name) as unknown;
    },
    ownKeys(target) {
      isRead = true;
      return Reflect.ownKeys(target);
    },
  });
  for (const value of place.computed) {
    try {
      value(watched, map === record ? watched : record);
    } catch {
      // What the record lacks is told where its row is made.
    }
    if (isRead) return true;
  }
  return false;
}

function placesOf(stream: Stream): Place {
  const root = newPlace();
  addColumns(stream, { record: root, parent: root, ancestor: root });
  for (const child of stream.children ?? []) addChild(root, child);
  for (const { path } of stream.pii ?? []) placeAt(root, path).isWhole = true;
  return root;
}

function addChild(root: Place, child: ChildTable): void {
  const end = child.path.lastIndexOf('[].');
  const ancestor = end === -1 ? root : placeAt(root, child.path.slice(0, end));
  addColumns(child, { record: placeAt(root, child.path), parent: root, ancestor });
  for (const { from } of Object.values(child.columns)) {
    if (from.of === 'value') root.computed.push((record) => from.value({}, record));
  }
}

function addColumns(
  { columns }: Pick<Stream, 'columns'>,
  places: Readonly<Record<Exclude<ValueSource['of'], 'value'>, Place>>,
): void {
  for (const { from } of Object.values(columns)) {
    if (from.of === 'value')
      places.record.computed.push((item, record) => from.value(item, record));
    else placeAt(places[from.of], from.path).isWhole = true;
  }
}

function placeAt(root: Place, path: string): Place {
  let place = root;
  for (const { key } of pathSteps(path)) {
    const known = place.fields.get(key);
    const below = known === undefined || 'path' in known ? newPlace() : known;
    place.fields.set(key, below);
    place = below;
  }
  return place;
}

function newPlace(): Place {
  return { isWhole: false, fields: new Map(), computed: [] };
}
