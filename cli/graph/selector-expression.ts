import type { Span } from '../kernel/span.ts';
import type { IndirectSelection } from './selection.ts';
import type { SelectorAtom } from './selector-atom.ts';

/** Parts combined into one set. */
export interface SelectorGroup {
  readonly kind: 'union' | 'intersection';
  readonly parts: readonly SelectorExpression[];
  /** How the group looks again at tests that were set aside; `eager` does not. */
  readonly indirectSelection: IndirectSelection;
  /** The part as written, when selecting nothing deserves a warning. */
  readonly expected?: { readonly raw: string; readonly span: Span };
}

/** What is selected, as a value: the same for arguments and for YAML. */
export type SelectorExpression =
  | { readonly kind: 'atom'; readonly atom: SelectorAtom }
  | SelectorGroup
  | {
      readonly kind: 'difference';
      readonly from: SelectorExpression;
      readonly minus: SelectorExpression;
    };
