import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { ArgumentPlace } from './messages.ts';
import { missingArgument, unknownArgument, wrongArgument } from './messages.ts';
import type {
  ArgumentDeclarations,
  ArgumentValues,
  RelationReader,
} from './tests/argument-types.ts';

/**
 * Checks the arguments of a built-in test against its declarations and reads their values, or gives
 * `undefined` when one is unknown, missing or of another type.
 */
export function readArguments(
  declared: ArgumentDeclarations,
  given: Readonly<Record<string, unknown>>,
  relationOf: RelationReader,
  report: { readonly place: ArgumentPlace; readonly diagnostics: Diagnostic[] },
): ArgumentValues<ArgumentDeclarations> | undefined {
  const { place, diagnostics } = report;
  const before = diagnostics.length;
  for (const name of Object.keys(given)) {
    if (name === 'model' || Object.hasOwn(declared, name)) continue;
    if (name === 'column_name') continue;
    diagnostics.push(unknownArgument(name, Object.keys(declared), place));
  }
  const values: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(declared)) {
    const value = given[name];
    if (value === undefined || value === null) {
      if (type.isRequired) diagnostics.push(missingArgument(name, type.expected, place));
      values[name] = type.fallback;
      continue;
    }
    const known = diagnostics.length;
    values[name] = type.read(value, relationOf);
    const isReported = diagnostics.length > known;
    if (values[name] === undefined && !isReported)
      diagnostics.push(wrongArgument(name, type.expected, place));
  }
  return diagnostics.length === before ? values : undefined;
}
