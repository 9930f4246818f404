import type { z } from 'zod';
import type { YamlPath } from './yaml.ts';

/** The parts of a zod definition that lead to the keys of objects. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly getter?: () => z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}

/** The keys that a schema allows at a path; empty where any key is allowed. */
export function keysAt(schema: z.ZodType, path: YamlPath): readonly string[] {
  const [step, ...rest] = path;
  if (step === undefined)
    return [...new Set(objectsOf(schema).flatMap((shape) => Object.keys(shape)))];
  return [...new Set(childrenOf(schema, step).flatMap((child) => keysAt(child, rest)))];
}

function definitionOf(schema: z.ZodType): Definition {
  // zod's own record of how a schema was made; the only way to list the keys that it allows.
  return schema.def as unknown as Definition;
}

/** Alternatives of a schema without what merely wraps them. */
function unwrapped(schema: z.ZodType): readonly Definition[] {
  const definition = definitionOf(schema);
  const inner = definition.innerType ?? definition.in ?? definition.getter?.();
  if (inner !== undefined) return unwrapped(inner);
  return definition.options === undefined ? [definition] : definition.options.flatMap(unwrapped);
}

function objectsOf(schema: z.ZodType): readonly Readonly<Record<string, z.ZodType>>[] {
  return unwrapped(schema).flatMap((definition) =>
    definition.shape === undefined ? [] : [definition.shape],
  );
}

function childrenOf(schema: z.ZodType, step: string | number): readonly z.ZodType[] {
  return unwrapped(schema).flatMap((definition) => {
    const child = definition.shape?.[String(step)] ?? definition.element ?? definition.valueType;
    return child === undefined ? [] : [child];
  });
}
