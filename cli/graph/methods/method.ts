import type { Diagnostic } from '../../kernel/diagnostic.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { outcome } from '../../kernel/outcome.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { NodeId } from '../../manifest/node-id.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import type { ComparisonInputs } from '../selection.ts';
import type { SelectorAtom } from '../selector-atom.ts';
import type { SelectorDefinitions } from '../selector-definition.ts';
import type { SelectorExpression } from '../selector-expression.ts';
import type { MethodName } from './names.ts';

export type Matcher = (node: ManifestNode) => boolean;

export interface MethodContext {
  readonly manifest: Manifest;
  readonly inputs: ComparisonInputs;
  readonly selectors: SelectorDefinitions;
  /** Evaluates another expression, cut to the types of the command: for `selector:`. */
  readonly select: (expression: SelectorExpression) => Outcome<ReadonlySet<NodeId>>;
}

/** One way of finding nodes. */
export interface SelectorMethod {
  readonly name: MethodName;
  /** The test that nodes must pass, or errors when the atom cannot be understood. */
  matcher(atom: SelectorAtom, context: MethodContext): Outcome<Matcher | undefined>;
  /** Values that would find something: for suggestions. */
  known(context: MethodContext): Iterable<string>;
}

export function matching(matcher: Matcher): Outcome<Matcher | undefined> {
  return outcome<Matcher | undefined>(matcher);
}

export function refused(problem: Diagnostic): Outcome<Matcher | undefined> {
  return outcome<Matcher | undefined>(undefined, [problem]);
}
