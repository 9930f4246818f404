import { globMatcher } from '../glob.ts';
import { unknownSelector } from '../messages.ts';
import type { SelectorMethod } from './method.ts';
import { matching, refused } from './method.ts';

/** What named YAML selectors select, their own exclusions included. */
export const selector: SelectorMethod = {
  name: 'selector',
  matcher(atom, { selectors, select }) {
    const fits = globMatcher(String(atom.value));
    const wanted = [...selectors.values()].filter(({ name }) => fits(name));
    if (wanted.length === 0) {
      return refused(unknownSelector(String(atom.value), selectors.keys(), atom.span));
    }
    const ids = new Set(wanted.flatMap(({ expression }) => [...select(expression)]));
    return matching((node) => ids.has(node.id));
  },
  known: ({ selectors }) => selectors.keys(),
};
