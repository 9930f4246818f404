import { outcome } from '../../kernel/outcome.ts';
import { comparisonMissing, valueNotTaken } from '../messages.ts';
import { STATE_CHECKS, stateCheck } from '../state/checks.ts';
import { removedContracts } from '../state/contract.ts';
import type { Matcher, SelectorMethod } from './method.ts';
import { refused } from './method.ts';

/** Compares with the manifest of an earlier run: `new`, `old`, `modified`, `modified.body`, … */
export const state: SelectorMethod = {
  name: 'state',
  matcher(atom, { manifest, inputs }) {
    if (inputs.state === undefined) return refused(comparisonMissing(atom, 'manifest.json'));
    const wanted = STATE_CHECKS.find((name) => name === atom.value);
    if (wanted === undefined) return refused(valueNotTaken(atom, STATE_CHECKS));
    const { isSelected, breaches } = stateCheck(wanted, manifest, inputs.state);
    const ids = new Set([...manifest.nodes.values()].filter(isSelected).map(({ id }) => id));
    const removed = wanted === 'new' || wanted === 'old' ? [] : removedContracts(manifest, inputs);
    const fits: Matcher = (node) => ids.has(node.id);
    return outcome(fits, [...breaches(), ...removed]);
  },
  known: () => STATE_CHECKS,
};
