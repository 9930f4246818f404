import type { ArgumentDeclarations, ArgumentValues } from './argument-types.ts';

/** What a built-in test makes its query from. */
interface TestInput<Declared extends ArgumentDeclarations> {
  /** The tested relation as it stands after FROM, without an alias. May be used several times. */
  readonly model: string;
  readonly values: ArgumentValues<Declared>;
  /** How the tested relation and its columns stand in the database, as far as known. */
  readonly facts: TestFacts;
}

export interface TestFacts {
  /** A table with, perhaps, indexes; a view or inlined query is cheaper read once. */
  readonly isTable: boolean;
  /** True when the column is known to hold numbers or dates, so that `=` is exact. */
  isExact(column: string): boolean;
}

/** A data test that ships with Cortex. Adding one is a file and a line in `registry.ts`. */
export interface BuiltInTest {
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  readonly arguments: ArgumentDeclarations;
  /** The number of failures, from the failing rows; `count(*)` unless the test says otherwise. */
  readonly failCalc?: string;
  /**
   * What decides whether a row fails: the row alone, or the rows with the same values in some columns. Nothing is said
   * where more than these is looked at.
   */
  readonly decidedBy?:
    | 'row'
    | ((values: ArgumentValues<ArgumentDeclarations>) => readonly string[]);
  rows(input: TestInput<ArgumentDeclarations>): string;
}

interface TestDefinition<Declared extends ArgumentDeclarations> {
  readonly name: string;
  readonly description: string;
  readonly arguments: Declared;
  readonly failCalc?: string;
  readonly decidedBy?: 'row' | ((values: ArgumentValues<Declared>) => readonly string[]);
  /** SQL that selects the failing rows. */
  rows(input: TestInput<Declared>): string;
}

/** Declares a test; its query sees every argument with the type that the declaration gives it. */
export function defineTest<Declared extends ArgumentDeclarations>(
  definition: TestDefinition<Declared>,
): BuiltInTest {
  // The arguments are read by the same declarations just before `rows` is called.
  return definition as unknown as BuiltInTest;
}
