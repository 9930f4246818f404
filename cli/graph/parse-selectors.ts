import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import { selectorsInvalid } from './messages.ts';
import type { SelectorDefinition, SelectorDefinitions } from './selector-definition.ts';
import { checkSelectorReferences } from './selector-references.ts';
import type { Locate, Path } from './selector-yaml.ts';
import { isRecord, parseDefinition } from './selector-yaml.ts';

/**
 * Checks the plain value of `selectors:` and turns it into definitions. `locate` gives the place of a
 * part of the value by its path (`[0, 'definition', 'union', 1]`). Whatever cannot be read is an error
 * (CX3010, CX3012, CX3015 to CX3017) and left out of the answer.
 */
export function parseSelectors(
  value: unknown,
  locate: Locate = () => undefined,
): Outcome<SelectorDefinitions> {
  const definitions = new Map<string, SelectorDefinition>();
  const diagnostics: Diagnostic[] = [];
  const problem = (message: string, path: Path, hint?: string) =>
    diagnostics.push(selectorsInvalid(message, locate(path), hint));

  if (value === undefined || value === null) return outcome(definitions);
  if (!Array.isArray(value)) {
    problem('`selectors` is not a list', [], 'write `- name: …` and `definition: …` for each');
    return outcome(definitions, diagnostics);
  }
  for (const [index, entry] of value.entries()) {
    const parsed = parseEntry(entry, [index], locate);
    diagnostics.push(...parsed.diagnostics);
    const definition = parsed.value;
    if (definition === undefined) continue;
    if (definitions.has(definition.name)) {
      problem(`two selectors are named \`${definition.name}\``, [index, 'name']);
    } else {
      definitions.set(definition.name, definition);
    }
  }
  const defaults = [...definitions.values()].filter(({ isDefault }) => isDefault);
  if (defaults.length > 1) {
    const names = defaults.map(({ name }) => `\`${name}\``).join(' and ');
    problem(`${names} are both the default`, [], 'leave `default: true` at one selector');
  }
  diagnostics.push(...checkSelectorReferences(definitions));
  return outcome(definitions, diagnostics);
}

function parseEntry(
  entry: unknown,
  path: Path,
  locate: Locate,
): Outcome<SelectorDefinition | undefined> {
  const problem = (message: string, hint?: string) =>
    outcome(undefined, [selectorsInvalid(message, locate(path), hint)]);
  if (!isRecord(entry))
    return problem('a selector is not a mapping', 'give it a `name` and a `definition`');
  const { name, description, definition } = entry;
  const isDefault = entry['default'];
  if (typeof name !== 'string' || name === '') return problem('a selector has no `name`');
  if (definition === undefined || definition === null) {
    return problem(`the selector \`${name}\` has no \`definition\``);
  }
  if (
    ![undefined, null, true, false, 'true', 'false', 'True', 'False'].includes(isDefault as string)
  ) {
    return problem(`\`default\` of the selector \`${name}\` is neither \`true\` nor \`false\``);
  }
  const expression = parseDefinition(definition, [...path, 'definition'], locate);
  if (expression.value === undefined) return outcome(undefined, expression.diagnostics);
  return outcome(
    {
      name,
      description: typeof description === 'string' ? description : '',
      isDefault: String(isDefault).toLowerCase() === 'true',
      expression: expression.value,
    },
    expression.diagnostics,
  );
}
