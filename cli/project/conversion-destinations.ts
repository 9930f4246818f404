import type { Span } from '../kernel/span.ts';
import { interpolate } from './interpolate.ts';
import type { Project } from './project.ts';
import { keyPlaceOf, valueOf } from './yaml.ts';

/** A destination of `conversions:`, as far as the graph knows it: what it sends, and where it is declared. */
export interface ConversionDestination {
  readonly name: string;
  /** `meta-capi`, … */
  readonly type: string | undefined;
  /** Relations that it reads: `relation`, or `database.relation`. */
  readonly reads: readonly string[];
  readonly span: Span;
}

const DEFAULT_MODEL = 'fct_conversions';

/** The destinations of the project file in its order. What is wrong with them is told by who sends. */
export function conversionDestinations({
  conversions,
  environment,
}: Pick<Project, 'conversions' | 'environment'>): readonly ConversionDestination[] {
  if (conversions === undefined) return [];
  const { yaml, file } = conversions;
  const textAt = (parent: typeof yaml | undefined, key: string): string | undefined => {
    const found = valueOf(parent, key);
    if (found?.kind !== 'scalar') return undefined;
    const filled = interpolate(found, environment, file).value;
    return filled?.kind === 'scalar' && typeof filled.value === 'string' ? filled.value : undefined;
  };
  const identity = textAt(yaml, 'identity');
  const reads = [
    textAt(yaml, 'model') ?? DEFAULT_MODEL,
    ...(identity === undefined ? [] : [identity]),
  ];
  const destinations = valueOf(yaml, 'destinations');
  if (destinations?.kind !== 'map') return [];
  return destinations.entries.map((entry) => ({
    name: entry.key,
    type: textAt(entry.value, 'type'),
    reads,
    span: keyPlaceOf(entry, file),
  }));
}
