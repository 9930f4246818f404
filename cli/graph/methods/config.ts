import type { ManifestNode } from '../../manifest/node.ts';
import type { SelectorValue } from '../selector-atom.ts';
import { selectableConfig } from '../selectable-config.ts';
import type { SelectorMethod } from './method.ts';
import { matching } from './method.ts';

/** Kinds that dbt leaves out of `config.`. */
const WITHOUT_CONFIG: ReadonlySet<ManifestNode['resourceType']> = new Set([
  'unit_test',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
]);

/** `config.meta.owner:ana` walks into the configuration; a list fits by one of its members. */
export const config: SelectorMethod = {
  name: 'config',
  matcher({ arguments: keys, value }) {
    const isSeverity = keys.length === 1 && keys[0] === 'severity';
    return matching((node) => {
      if (WITHOUT_CONFIG.has(node.resourceType)) return false;
      const found = keys.reduce(step, selectableConfig(node));
      if (Array.isArray(found)) return found.some((member) => isEqual(value, member, isSeverity));
      return isEqual(value, found, isSeverity);
    });
  },
  *known({ manifest }) {
    const keys = new Set<string>();
    for (const node of manifest.nodes.values()) {
      for (const [key, value] of Object.entries(node.config)) {
        if (typeof value === 'string') keys.add(`${key}:${value}`);
      }
    }
    yield* keys;
  },
};

function step(value: unknown, key: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/** Text fits text; `true` and `false` in any case fit booleans; a number only fits a number. */
function isEqual(wanted: SelectorValue, found: unknown, ignoresCase: boolean): boolean {
  if (typeof found === 'boolean') return String(wanted).toLowerCase() === String(found);
  if (ignoresCase && typeof found === 'string') {
    return String(wanted).toUpperCase() === found.toUpperCase();
  }
  return wanted === found;
}
