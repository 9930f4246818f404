import type { SelectorExpression } from './selector-expression.ts';

/** A named selection of `selectors.yml`, checked. */
export interface SelectorDefinition {
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly expression: SelectorExpression;
}

/** By name, in the order of the file. */
export type SelectorDefinitions = ReadonlyMap<string, SelectorDefinition>;
