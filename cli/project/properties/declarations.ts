import type { Diagnostic } from '../../kernel/diagnostic.ts';
import type { ColumnConstraint } from '../../manifest/node.ts';
import type {
  ExposureInput,
  FreshnessInput,
  GroupInput,
  MacroInput,
  SingularTestInput,
  UnitTestInput,
} from './schema.ts';

/** Start and end of an entry in its file. */
export type Range = readonly [start: number, end: number];

export type RawConfig = Readonly<Record<string, unknown>>;

/** A data test as a properties file asks for it. Plain data: it is kept in the parse cache. */
export interface TestDeclaration {
  /** `unique`. */
  readonly name: string;
  /** `pkg` of `pkg.unique`. */
  readonly namespace?: string;
  /** As written; `column_name` is added for the tests of a column. */
  readonly arguments: RawConfig;
  readonly config: RawConfig;
  /** The user's own name for the test. */
  readonly customName?: string;
  readonly description: string;
  readonly column?: string;
  readonly range: Range;
}

export interface ColumnDeclaration {
  readonly name: string;
  readonly description: string;
  readonly dataType?: string;
  readonly meta: RawConfig;
  readonly tags: readonly string[];
  readonly constraints: readonly ColumnConstraint[];
  readonly tests: readonly TestDeclaration[];
  readonly range: Range;
}

/** What a file says about a model, seed or snapshot that another file defines. */
export interface NodeDeclaration {
  readonly name: string;
  readonly description: string;
  /** `config:`, with the keys that may stand beside it (`tags`, `meta`, `group`, `access`, `docs`). */
  readonly config: RawConfig;
  readonly columns: readonly ColumnDeclaration[];
  readonly constraints: readonly ColumnConstraint[];
  readonly tests: readonly TestDeclaration[];
  /** Of the entry, and of its name. */
  readonly range: Range;
  readonly nameRange: Range;
}

export interface ModelVersion {
  readonly version: string | number;
  /** File name without extension. */
  readonly definedIn?: string;
  readonly declaration: NodeDeclaration;
  readonly deprecationDate?: string;
}

export interface ModelDeclaration extends NodeDeclaration {
  readonly latestVersion?: string | number;
  readonly versions: readonly ModelVersion[];
  readonly deprecationDate?: string;
}

export interface SnapshotDeclaration extends NodeDeclaration {
  /** `ref('x')` of a snapshot that has no file of its own. */
  readonly relation?: string;
}

export interface SourceTableDeclaration extends NodeDeclaration {
  readonly identifier?: string;
  readonly loader?: string;
  readonly freshness?: FreshnessInput;
  readonly loadedAtField?: string | null;
  readonly loadedAtQuery?: string | null;
}

export interface SourceDeclaration {
  readonly name: string;
  readonly description: string;
  readonly database?: string;
  readonly schema?: string;
  readonly loader?: string;
  readonly config: RawConfig;
  readonly freshness?: FreshnessInput;
  readonly loadedAtField?: string | null;
  readonly loadedAtQuery?: string | null;
  readonly tables: readonly SourceTableDeclaration[];
  readonly range: Range;
}

/** An entry that is kept as it was written. */
export interface Entry<T> {
  readonly entry: T;
  readonly range: Range;
}

/** Everything that one properties file declares. */
export interface FileDeclarations {
  readonly models: readonly ModelDeclaration[];
  readonly seeds: readonly NodeDeclaration[];
  readonly snapshots: readonly SnapshotDeclaration[];
  readonly sources: readonly SourceDeclaration[];
  readonly exposures: readonly Entry<ExposureInput>[];
  readonly groups: readonly Entry<GroupInput>[];
  readonly unitTests: readonly Entry<UnitTestInput>[];
  readonly macros: readonly Entry<MacroInput>[];
  readonly singularTests: readonly Entry<SingularTestInput>[];
  readonly diagnostics: readonly Diagnostic[];
}
