import type { z } from 'zod';
import type { Column } from './columns.ts';
import type { HttpPolicy, PlatformHttp } from './http.ts';
import type { JsonRecord } from './json.ts';

/**
 * A platform whose records land as raw tables: one folder under `connectors/`, declarations and generators
 * only. It opens no socket, sleeps nowhere and writes no table; the runner owns HTTP, retries, limits,
 * tokens, time, state, DDL and writing.
 *
 * `Account` is what the project file says of one account, checked by `account`.
 */
export interface PlatformDefinition<Account = unknown> {
  /** Key under `connectors` in the project file, and part of every raw table's name: `meta_ads`. */
  readonly name: string;
  /** The name for people: `Meta Ads`. */
  readonly label: string;
  /**
   * Moves when a stream's key or meaning changes, so that what was read before no longer fits: state of
   * another version is refused with the two ways out (`--full-refresh`, or the older release).
   */
  readonly version: number;
  readonly apiVersion: ApiVersion;
  /** Settings of one account; values of `secret()` never leave the runner. */
  readonly account: z.ZodType<Account>;
  /** The id that stands in `_account_id` of every row and in the state: digits of a store, an ad account. */
  accountId(account: Account): string;
  readonly http: HttpPolicy<Account>;
  /** Reads what an account is, by one cheap call that proves the credentials. */
  probe(context: ProbeContext<Account>): Promise<AccountFacts>;
  readonly streams: readonly Stream<Account>[];
  /** How a person gets the credentials: `cortex connect` walks through it. */
  readonly connect: ConnectGuide<Account>;
}

/** The version that the platform is asked for: one constant, kept beside the day it ends. */
export interface ApiVersion {
  readonly version: string;
  /** `2027-11-01`, told as a warning from 60 days before on; `undefined` where the platform names none. */
  readonly sunset?: string | undefined;
  /** Response header in which the platform says what it served; another version there is a warning. */
  readonly servedIn?: string | undefined;
}

/** What the platform says of an account. Data, not configuration. */
export interface AccountFacts {
  readonly name: string;
  /** IANA zone of the account's calendar day: `America/Sao_Paulo`. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
}

export interface ProbeContext<Account> {
  readonly http: PlatformHttp;
  readonly account: Account;
  readonly accountId: string;
}

/** One kind of record and the tables it lands in: `raw_<platform>_<stream>` and one for each child. */
export interface Stream<Account = unknown> {
  /** `orders`. */
  readonly name: string;
  readonly description: string;
  /** Columns that, with `_account_id`, name a record. Longer than an index can be: set `hashedKey`. */
  readonly key: readonly string[];
  /** The primary key is a digest of the key columns, which may be long texts. */
  readonly hashedKey?: boolean;
  /** Columns of indexes beside the key, each after `_account_id`: what models look records up or add them up by. */
  readonly indexes?: readonly (readonly string[])[];
  /** Typed columns, in the order of the table. The whole record is kept beside them. */
  readonly columns: Readonly<Record<string, Column>>;
  /** Tables for nested lists; replaced with their parent, in the same transaction. */
  readonly children?: readonly ChildTable[];
  readonly cursor: Cursor;
  readonly write: WriteMode;
  /**
   * Column whose value grows with every change of a record (`updated_at`): an older copy never overwrites
   * a newer one. Without it, and between equal ones, the copy that was read last wins.
   */
  readonly versionBy?: string;
  /** The record says of itself that it is gone (archived, deleted). */
  isDeleted?(record: JsonRecord): boolean;
  /** Paths in the record that hold personal data: `customer.email`, `products[].note`. */
  readonly pii?: readonly PiiPath[];
  /** What ties a record to a person beside its personal data; for streams whose records belong to persons. */
  readonly person?: PersonPaths;
  /** Left out unless the project asks for it: long or costly. */
  readonly optional?: boolean;
  /** Most records that a page is asked for. `context.pageSize` is this, or less when the platform asked for less. */
  readonly pageSize: number;
  /** Fewest records that a page is asked for before the slice itself is made shorter; 25 unless said. */
  readonly leastPageSize?: number;
  /** Yields the records of a slice. Page ends mean nothing; the generator ends on the platform's own signal. */
  read(context: ReadContext<Account>, slice: Slice): AsyncGenerator<Page, void>;
  /**
   * Reads the ids of all records that still exist, or of all that were deleted, for platforms that tell of
   * deletions in no other way. Runs at most once in `everyDays` days.
   */
  readonly sweep?: Sweep<Account>;
  /** How many calls reading a number of days takes in an account of usual size; for `backfill`'s estimate. */
  estimate?(days: number): CallEstimate;
}

export interface CallEstimate {
  readonly calls: number;
  /** The volume that was assumed, where the calls depend on it: `100 orders a day`. */
  readonly volume?: string;
  /** Calls that the platform serves an account in a minute and in a day, where it bounds them. */
  readonly perMinute?: number;
  readonly perDay?: number;
}

/**
 * What a stream is asked for.
 * - `instants`: records that changed in a window, by the platform's clock (UTC).
 * - `dates`: reports about whole days of the account's calendar.
 * - `none`: always everything.
 */
export type Cursor =
  | {
      readonly kind: 'instants';
      /** Hours that every run reads again, since a window can shift while it is paged. */
      readonly overlapHours: number;
      /** Minutes before now at which a window ends at the latest: what the platform's index lags. */
      readonly lagMinutes: number;
      /** Longest window that is read at once; before the start date a year. */
      readonly windowDays: number;
      /**
       * For records that are of use however long ago they last changed (products, customers): a first sync reads
       * them from this day on, whatever the start date is. The day on which the platform opened, say.
       */
      readonly firstDay?: string;
      /** A longer look back, this often: `{ everyDays: 7, days: 90 }`. */
      readonly deepRead?: { readonly everyDays: number; readonly days: number };
    }
  | {
      readonly kind: 'dates';
      /** Days that every run reads again, since the platform restates them. */
      readonly restatedDays: number;
      readonly windowDays: number;
      /** Days of history that the platform keeps, at most. */
      readonly historyDays?: number;
      /** A longer look back, this often: `{ everyDays: 7, days: 90 }`. */
      readonly deepRead?: { readonly everyDays: number; readonly days: number };
    }
  | { readonly kind: 'none' };

/**
 * - `upsert`: each record replaces its older copy.
 * - `replace_window`: the rows of the slice are replaced as a whole, so that rows that vanished go.
 *   `windowColumn` is the DATE column that tells which rows those are.
 * - `snapshot`: like upsert, and what was not seen in a complete read is marked deleted.
 */
export type WriteMode =
  | { readonly mode: 'upsert' }
  | { readonly mode: 'replace_window'; readonly windowColumn: string }
  | { readonly mode: 'snapshot' };

/** What one call of `read` is about. Half open: `to` is not part of it. */
export type Slice =
  | {
      readonly kind: 'instants';
      /** Milliseconds since the Unix epoch, UTC. */
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'dates';
      /** `2026-10-01`, a day of the account's calendar. */
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'everything' };

export interface ReadContext<Account = unknown> extends ProbeContext<Account> {
  readonly facts: AccountFacts;
  /** Records that a page is asked for; smaller than the stream's after the platform asked for less. */
  readonly pageSize: number;
  /** `backfill` may use the platform's bulk interface. */
  readonly purpose: 'sync' | 'backfill';
  /** Milliseconds since the Unix epoch: the moment the read began. */
  readonly startedAt: number;
  /** Waits on the run's clock; rejects when the run is cancelled. `reason` is shown to people. */
  sleep(ms: number, reason: string): Promise<void>;
}

export interface Page {
  readonly records: readonly JsonRecord[];
  /** What people should know of this page (sampled, thresholded, cut off): shown once per stream and run. */
  readonly notices?: readonly string[];
  /** Ids that the platform says are gone, as values of the stream's key. */
  readonly deletedKeys?: readonly (readonly string[])[];
}

/** A table for a list inside the record: `order_lines` at `products`. */
export interface ChildTable {
  /** Unique within the platform: the table is `raw_<platform>_<name>`. */
  readonly name: string;
  readonly description: string;
  /**
   * Where the list is: `products`, or through another list, `variants[].inventory_levels`. `languages{}` is a map by
   * names, of which each value is an item and has its name as the field `key`.
   */
  readonly path: string;
  /**
   * Names of the columns that hold the parent's key, in the order of the stream's `key`: `['order_id']`. They
   * are made of the parent's columns and come first.
   */
  readonly parentKey: readonly string[];
  /**
   * What tells apart the items of one parent: columns of the item, or its place in the list
   * (`_position`, from 0, which every child table has).
   */
  readonly key: readonly string[] | 'position';
  /** Columns of the item. `parent()` reads from the record, `ancestor()` from the item one list above. */
  readonly columns: Readonly<Record<string, Column>>;
}

/** A path with personal data and what it holds, which decides how it is normalised before it is hashed. */
export interface PiiPath {
  readonly path: string;
  readonly kind: PiiKind;
}

/** How a record is found with its person, and what else goes when the person is erased. */
export interface PersonPaths {
  /** Where the platform's id of the customer's account is: `customer.id`. */
  readonly account?: string;
  /** The record is the account itself, not something that was bought with it. */
  readonly isAccount?: boolean;
  /**
   * Paths that name nobody, and lead to somebody: ids of accounts, click ids, pages that hold them. They are
   * needed while the person is known, so that no treatment of personal data is about them.
   */
  readonly traces?: readonly string[];
}

export type PiiKind =
  | 'email'
  | 'phone'
  | 'document'
  | 'name'
  | 'address'
  | 'birth_date'
  | 'ip'
  | 'id'
  | 'text';

export interface Sweep<Account> {
  readonly everyDays: number;
  /** `existing`: rows that are not among the ids are marked deleted. */
  readonly yields: 'existing' | 'deleted';
  read(context: ReadContext<Account>): AsyncGenerator<readonly (readonly string[])[], void>;
}

/** What a person does to connect an account. */
export interface ConnectGuide<Account> {
  /** Where each value comes from, in the order in which it is asked. */
  readonly steps: readonly ConnectStep[];
  /** Environment variables that the account's settings are to name: `NUVEMSHOP_TOKEN`. */
  readonly variables: readonly { readonly name: string; readonly setting: string }[];
  /** Turns what was typed (a code, a secret) into what is kept: tokens, by the platform's own exchange. */
  exchange?(
    answers: Readonly<Record<string, string>>,
    http: PlatformHttp,
  ): Promise<ConnectResult<Account>>;
}

export interface ConnectStep {
  /** Key of the answer. */
  readonly key: string;
  readonly question: string;
  /** What to open and click before there is something to answer. */
  readonly instructions: string;
  readonly isSecret: boolean;
}

export interface ConnectResult<Account> {
  readonly account: Partial<Account>;
  /** Kept in a file of mode 600 below `.cortex/credentials`, never in the project file. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Gives a definition its types; does nothing else. */
export function definePlatform<Account>(
  definition: PlatformDefinition<Account>,
): PlatformDefinition<Account> {
  return definition;
}
