import type { Diagnostic } from '../kernel/diagnostic.ts';
import { findCycles } from './cycles.ts';
import { globMatcher } from './glob.ts';
import { selectorCircle, unknownSelector } from './messages.ts';
import type { SelectorAtom } from './selector-atom.ts';
import type { SelectorDefinitions } from './selector-definition.ts';
import type { SelectorExpression } from './selector-expression.ts';

/** References from selector to selector: every name exists (CX3017), none leads back to itself (CX3016). */
export function checkSelectorReferences(definitions: SelectorDefinitions): Diagnostic[] {
  const names = [...definitions.keys()];
  const diagnostics: Diagnostic[] = [];
  const referred = new Map<string, readonly string[]>();
  for (const { name, expression } of definitions.values()) {
    const found = atomsOf(expression)
      .filter(({ method }) => method === 'selector')
      .map((atom) => ({ atom, names: names.filter(globMatcher(String(atom.value))) }));
    for (const { atom, names: matched } of found) {
      if (matched.length === 0) {
        diagnostics.push(unknownSelector(String(atom.value), names, atom.span));
      }
    }
    referred.set(name, [...new Set(found.flatMap((reference) => reference.names))]);
  }
  const circles = findCycles(names, (name) => referred.get(name) ?? []);
  const spans = (circle: readonly string[]) =>
    circle.flatMap((name) => {
      const expression = definitions.get(name)?.expression;
      const atoms = expression === undefined ? [] : atomsOf(expression);
      return atoms.find(({ method }) => method === 'selector')?.span ?? [];
    });
  return [...diagnostics, ...circles.map((circle) => selectorCircle(circle, spans(circle)))];
}

function atomsOf(expression: SelectorExpression): readonly SelectorAtom[] {
  switch (expression.kind) {
    case 'atom':
      return [expression.atom];
    case 'difference':
      return [...atomsOf(expression.from), ...atomsOf(expression.minus)];
    case 'union':
    case 'intersection':
      return expression.parts.flatMap(atomsOf);
  }
}
