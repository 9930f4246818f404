import type { Outcome } from '../cli/kernel/outcome.ts';
import type { Relation } from '../cli/manifest/relation.ts';
import type { YamlValue } from '../cli/project/yaml.ts';
import type { Database } from '../cli/warehouse/database.ts';

/** A kind of place that raw tables come from. Adding one is a folder and a line in `registry.ts`. */
export interface Connector {
  /** Its key under `connectors` in the project file. */
  readonly name: string;
  /** Checks the settings and says which streams they make. Every error points to its place in the file. */
  configure(settings: ConnectorSettings): Outcome<readonly ConnectorStream[]>;
}

/** What the project file says about a connector, and where the project stands. */
export interface ConnectorSettings {
  /** The value of the connector's own key. */
  readonly yaml: YamlValue;
  /** The file that it was read from, for spans. */
  readonly file: string;
  /** The project directory, absolute. */
  readonly directory: string;
  /** The database that raw tables land in unless a stream says otherwise. */
  readonly database: string;
}

/** One raw table and the way to fill it. */
export interface ConnectorStream {
  readonly name: string;
  readonly relation: Relation;
  /** What is known of the table before anything was read, for its source. */
  readonly documentation: TableDocumentation;
  /**
   * Brings the table up to date in one step for its readers. Throws CortexError, and leaves the table as
   * it was, when it cannot.
   */
  sync(context: SyncContext): Promise<SyncedRows>;
}

export interface TableDocumentation {
  readonly description: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string;
  }[];
}

export interface SyncContext {
  readonly database: Database;
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  /** Milliseconds since the Unix epoch: when this sync began. */
  readonly startedAt: number;
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how many rows are loaded, and from what. */
  readonly onProgress?: ((progress: { rows: number; detail: string }) => void) | undefined;
}

export interface SyncedRows {
  readonly rows: number;
  /** For people: `1 file`. */
  readonly detail: string;
}
