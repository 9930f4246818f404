import type { Outcome } from '../kernel/outcome.ts';
import type { Span } from '../kernel/span.ts';
import type { Capabilities } from '../manifest/capabilities.ts';
import type { MacroNode } from '../manifest/manifest.ts';
import type { Relation } from '../manifest/relation.ts';
import type { RefCall, SourceCall } from '../manifest/node.ts';
import type { MacroContext, TemplateTarget } from './macro-context.ts';

/**
 * Everything a template may ask for. The template engine itself knows no project, no database and
 * no clock: whoever renders passes this in.
 */
export interface TemplateEnvironment {
  /** SQL text for a reference (a quoted relation, a CTE name, a filtered subquery) or diagnostics. */
  ref(call: RefCall): Outcome<string>;
  source(call: SourceCall): Outcome<string>;
  /** A `config` call with its evaluated arguments. Renders as nothing. */
  config(values: Readonly<Record<string, unknown>>, span: Span): void;
  /** The quoted relation of the node itself, or `undefined` where there is none. */
  readonly thisRelation: string | undefined;
  /** Its parts, for `this.database` and `this.name`. */
  readonly thisParts?: Relation | undefined;
  readonly isIncremental: boolean;
  /** While a data test keeps to what an incremental run changes: the rows of a relation that stand beside a changed one. */
  changedRows?(relation: string, columns: readonly string[]): string;
  readonly target: TemplateTarget;
  /** ISO 8601, UTC, microseconds: `2026-11-23T09:00:00.000000Z`. */
  readonly runStartedAt: string;
  /** A project variable; `undefined` when nobody set it. */
  variable(name: string): unknown;
  readonly variableNames: readonly string[];
  /** An environment variable; `undefined` when it is not set. */
  environmentVariable(name: string): string | undefined;
  /** The text of a doc block, for descriptions. */
  doc(name: string): string | undefined;
  /** What the client is: name, code, timezone, currency, locale. */
  readonly client: Readonly<Record<string, string>>;
  readonly capabilities: Capabilities;
  readonly macros: MacroLibrary;
}

/** The part of an environment that is the same for every node of a package in one run. */
export type BaseEnvironment = Omit<
  TemplateEnvironment,
  'ref' | 'source' | 'config' | 'thisRelation' | 'isIncremental' | 'changedRows'
>;

/** Finds macros by name: the project's own first, then packages (`package.macro`), then the shipped library. */
export interface MacroLibrary {
  find(name: string, fromPackage: string): MacroDefinition | undefined;
  readonly names: readonly string[];
}

/** A macro that can be called: a SQL template, or a function of a TypeScript or JavaScript file. */
export type MacroDefinition =
  | { readonly kind: 'sql'; readonly node: MacroNode; readonly text: string }
  | {
      readonly kind: 'script';
      readonly node: MacroNode;
      readonly call: (values: Readonly<Record<string, unknown>>, context: MacroContext) => unknown;
    };
