import { CortexError } from '../../cli/kernel/errors.ts';
import type { Relation } from '../../cli/manifest/relation.ts';
import { identifier, relationSql } from '../../cli/sql/identifier.ts';
import { literal } from '../../cli/sql/literal.ts';
import type { Connection, Row } from '../../cli/warehouse/database.ts';
import { chunks } from '../../cli/kernel/chunks.ts';
import { LISTED } from '../../cli/warehouse/state/conversion-statements.ts';
import type { ConversionRow } from './conversion-columns.ts';
import {
  IDENTITY_COLUMNS,
  MODEL_COLUMNS,
  QUEUE_COLUMNS,
  REQUIRED_COLUMNS,
} from './conversion-columns.ts';
import { missingColumns, missingRelation } from './messages.ts';

export interface SourcePlace {
  readonly model: Relation;
  readonly identity: Relation | undefined;
  readonly identityKey: string;
}

/** Rows of one statement. */
const PAGE = 1_000;

/** The model that is sent, and the restricted relation with the customers in clear. */
export class ConversionSource {
  readonly #connection: Connection;
  readonly #place: SourcePlace;
  readonly #model: ReadonlySet<string>;
  readonly #identity: ReadonlySet<string>;
  /**
   * Orders that were asked for have followed each other, as new ones do: they are read from the first on. One by one
   * takes the server twice as long, which is what there is to do when it was otherwise once.
   */
  #isInARow = true;

  private constructor(
    connection: Connection,
    place: SourcePlace,
    columns: { readonly model: ReadonlySet<string>; readonly identity: ReadonlySet<string> },
  ) {
    this.#connection = connection;
    this.#place = place;
    this.#model = columns.model;
    this.#identity = columns.identity;
  }

  /** Looks at the columns. Throws CX7501 or CX7502 for what is not there. The session stays the caller's. */
  static async open(connection: Connection, place: SourcePlace): Promise<ConversionSource> {
    const model = await columnsOf(connection, place.model);
    const keys = place.identity === undefined ? [] : [place.identityKey];
    checkColumns(place.model, model, [...REQUIRED_COLUMNS, ...keys]);
    if (place.identity === undefined) {
      return new ConversionSource(connection, place, { model, identity: model });
    }
    const identity = await columnsOf(connection, place.identity);
    checkColumns(place.identity, identity, keys);
    return new ConversionSource(connection, place, { model, identity });
  }

  /** All orders by their numbers, page by page: what tells whether there is something to say of them. */
  async *rows(since: string | undefined): AsyncGenerator<readonly ConversionRow[]> {
    let after = '';
    for (;;) {
      const conditions = [
        `m.${identifier('order_id')} > ${literal(after)}`,
        ...(since === undefined ? [] : [`m.${identifier('occurred_at')} >= ${literal(since)}`]),
      ];
      const found = await this.#connection.query(
        `select ${this.#columns('m', QUEUE_COLUMNS, this.#model)} from ${relationSql(this.#place.model)} m` +
          ` where ${conditions.join(' and ')} order by m.${identifier('order_id')} limit ${PAGE}`,
      );
      if (found.length === 0) return;
      yield found.map(textRow);
      after = String(found.at(-1)?.['order_id']);
    }
  }

  /** The orders with their customers, by order: read right before they are sent. */
  async read(orderIds: readonly string[]): Promise<ReadonlyMap<string, ConversionRow>> {
    if (orderIds.length === 0) return new Map();
    const { model, identity, identityKey } = this.#place;
    const person = identity === undefined ? 'm' : 'i';
    const key = identifier(identityKey);
    const join =
      identity === undefined ? '' : ` left join ${relationSql(identity)} i on i.${key} = m.${key}`;
    const columns =
      this.#columns('m', MODEL_COLUMNS, this.#model) +
      this.#more(person, IDENTITY_COLUMNS, this.#identity);
    const select = `select ${columns} from ${relationSql(model)} m${join} where`;
    const order = `m.${identifier('order_id')}`;
    const orders = new Map<string, ConversionRow>();
    const take = async (condition: string): Promise<void> => {
      const found = await this.#connection.query(`${select} ${condition}`);
      for (const row of found) orders.set(String(row['order_id']), textRow(row));
    };
    if (this.#isInARow) {
      const [first = ''] = orderIds;
      await take(`${order} >= ${literal(first)} order by ${order} limit ${orderIds.length}`);
    }
    const missing = orderIds.filter((id) => !orders.has(id));
    this.#isInARow &&= missing.length === 0;
    for (const part of chunks(missing, LISTED)) {
      await take(`${order} in (${part.map((id) => literal(id)).join(', ')})`);
    }
    return orders;
  }

  #columns(alias: string, names: readonly string[], there: ReadonlySet<string>): string {
    return names
      .filter((name) => there.has(name))
      .map((name) => `${alias}.${identifier(name)}`)
      .join(', ');
  }

  #more(alias: string, names: readonly string[], there: ReadonlySet<string>): string {
    const columns = this.#columns(alias, names, there);
    return columns === '' ? '' : `, ${columns}`;
  }
}

async function columnsOf(connection: Connection, relation: Relation): Promise<ReadonlySet<string>> {
  const rows = await connection.query(
    `select lower(column_name) as name from information_schema.columns` +
      ` where table_schema = ${literal(relation.database)} and table_name = ${literal(relation.name)}`,
  );
  if (rows.length === 0) throw new CortexError([missingRelation(relation)]);
  return new Set(rows.map((row) => String(row['name'])));
}

function checkColumns(
  relation: Relation,
  there: ReadonlySet<string>,
  wanted: readonly string[],
): void {
  const missing = wanted.filter((name) => !there.has(name.toLowerCase()));
  if (missing.length > 0) throw new CortexError([missingColumns(relation, missing)]);
}

/** Everything as text: numbers of small columns come as numbers. The rows are the caller's own, and are changed. */
function textRow(row: Row): ConversionRow {
  const own = row as Record<string, unknown>;
  for (const name of Object.keys(own)) {
    const value = own[name];
    if (typeof value !== 'string' && value !== null) own[name] = scalarOf(value);
  }
  return own as ConversionRow;
}

function scalarOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}
