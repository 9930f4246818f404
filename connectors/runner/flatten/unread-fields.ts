import type { ChildTable, Stream } from '../../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import type { ValueSource } from '../../sdk/columns.ts';
import { isList, isRecord, pathSteps } from '../../sdk/value-source.ts';

type Computed = Extract<ValueSource, { of: 'value' }>['value'];

/** A place of a record, and what is read below it. */
interface Place {
  /** A column holds everything from here on. */
  isWhole: boolean;
  readonly fields: Map<string, Place>;
  /** Columns made of the map here by a function, which does not say what it reads. */
  readonly computed: Computed[];
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
  readonly #known = new Set<string>();

  constructor(stream: Stream) {
    this.#root = placesOf(stream);
  }

  /** Adds the paths of a record's unread fields to `found`. */
  find(record: JsonRecord, found: Set<string>): void {
    this.#walk(this.#root, record, '', { record, found });
  }

  #walk(place: Place, map: JsonRecord, prefix: string, search: Search): void {
    for (const key of Object.keys(map)) {
      const below = place.fields.get(key);
      if (below === undefined) this.#unread(place, map, { key, prefix }, search);
      else if (!below.isWhole) this.#descend(below, map[key], `${prefix}${key}`, search);
    }
  }

  #descend(place: Place, value: JsonValue | undefined, path: string, search: Search): void {
    if (isRecord(value)) return this.#walk(place, value, `${path}.`, search);
    if (!isList(value)) return;
    for (const item of value) {
      if (isRecord(item)) this.#walk(place, item, `${path}[].`, search);
    }
  }

  #unread(
    place: Place,
    map: JsonRecord,
    { key, prefix }: { readonly key: string; readonly prefix: string },
    { record, found }: Search,
  ): void {
    const path = `${prefix}${NAME.test(key) ? key : '*'}`;
    if (found.has(path)) return;
    if (!this.#known.has(path)) {
      if (this.#known.size >= MOST_PATHS) return;
      if (isComputed(place, map, key, record)) {
        place.fields.set(key, { isWhole: true, fields: new Map(), computed: [] });
        return;
      }
      this.#known.add(path);
    }
    found.add(path);
  }
}

interface Search {
  readonly record: JsonRecord;
  readonly found: Set<string>;
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
    const below = place.fields.get(key) ?? newPlace();
    place.fields.set(key, below);
    place = below;
  }
  return place;
}

function newPlace(): Place {
  return { isWhole: false, fields: new Map(), computed: [] };
}
