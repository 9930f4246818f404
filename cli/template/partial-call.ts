import type { CallExpression, PartialStatement } from './syntax.ts';

/** The arguments of a call, and where it stands. */
export type CallArguments = Pick<CallExpression, 'values' | 'named' | 'start' | 'end'>;

/** `{{> name context a=b}}` read as the call `{{name context a=b}}`. */
export function partialCall({ context, named, start, end }: PartialStatement): CallArguments {
  return { values: context === undefined ? [] : [context], named, start, end };
}
