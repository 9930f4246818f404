import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import { missingVariable } from './messages.ts';
import type { YamlPrimitive, YamlScalar, YamlValue } from './yaml.ts';
import { placeOf } from './yaml.ts';

const PLACEHOLDER = /\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Puts environment variables into the scalars of a value: `${NAME}`, `${NAME:-default}` (used when
 * NAME is not set or empty), `$$` for one dollar. A variable that is not set is an error at its place.
 */
export function interpolate(
  root: YamlValue,
  environment: Readonly<Record<string, string>>,
  file: string,
): Outcome<YamlValue> {
  const diagnostics: Diagnostic[] = [];
  const visit = (node: YamlValue): YamlValue => {
    switch (node.kind) {
      case 'scalar':
        return scalar(node);
      case 'list':
        return { ...node, items: node.items.map(visit) };
      case 'map':
        return {
          ...node,
          entries: node.entries.map((entry) => ({ ...entry, value: visit(entry.value) })),
        };
    }
  };
  const scalar = (node: YamlScalar): YamlScalar => {
    if (typeof node.value !== 'string' || !node.value.includes('${')) return node;
    const text = node.value.replace(
      PLACEHOLDER,
      (whole, name: string | undefined, fallback: string | undefined) => {
        if (name === undefined) return '$';
        const value = environment[name];
        if (fallback !== undefined) return value === undefined || value === '' ? fallback : value;
        if (value === undefined) {
          diagnostics.push(missingVariable(name, placeOf(node, file)));
        }
        return value ?? whole;
      },
    );
    return { ...node, value: node.isPlain ? retyped(text) : text };
  };
  return outcome(visit(root), diagnostics);
}

/** An unquoted `${PORT}` counts as what it stands for, where no character is lost by it. */
function retyped(text: string): YamlPrimitive {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (/^-?\d{1,15}(\.\d{1,6})?$/.test(text) && String(Number(text)) === text) return Number(text);
  return text;
}
