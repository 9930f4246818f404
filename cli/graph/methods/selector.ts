import { hasErrors, outcome } from '../../kernel/outcome.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { globMatcher } from '../glob.ts';
import { unknownSelector } from '../messages.ts';
import type { SelectorMethod } from './method.ts';
import { refused } from './method.ts';

/** What named YAML selectors select, their own exclusions included. */
export const selector: SelectorMethod = {
  name: 'selector',
  matcher(atom, { selectors, select }) {
    const fits = globMatcher(String(atom.value));
    const wanted = [...selectors.values()].filter(({ name }) => fits(name));
    if (wanted.length === 0) {
      return refused(unknownSelector(String(atom.value), selectors.keys(), atom.span));
    }
    const selected = wanted.map(({ expression }) => select(expression));
    const diagnostics = selected.flatMap((part) => part.diagnostics);
    if (hasErrors(diagnostics)) return outcome(undefined, diagnostics);
    const ids = new Set(selected.flatMap((part) => [...part.value]));
    return outcome((node: ManifestNode) => ids.has(node.id), diagnostics);
  },
  known: ({ selectors }) => selectors.keys(),
};
