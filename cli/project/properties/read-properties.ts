import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { hasErrors } from '../../kernel/outcome.ts';
import { validate } from '../validate.ts';
import type { YamlMap, YamlValue } from '../yaml.ts';
import { parseYaml, valueOf } from '../yaml.ts';
import type { Entry, FileDeclarations } from './declarations.ts';
import { sectionPassedOver } from './messages.ts';
import { modelDeclaration, nodeDeclaration, rangeOf, snapshotDeclaration } from './read-nodes.ts';
import { sourceDeclaration } from './read-sources.ts';
import type { Reading } from './read-tests.ts';
import type { PropertiesInput } from './schema.ts';
import { propertiesSchema } from './schema.ts';

const CODES = { invalid: 'CX2130', unknownKey: 'CX2131' } as const;
const PASSED_OVER = ['analyses', 'metrics', 'semantic_models', 'saved_queries'] as const;

/** Reads the text of a properties file. What is wrong with it becomes diagnostics, and its entries are left out. */
export function readProperties(text: string, file: string): FileDeclarations {
  const parsed = parseYaml(text, file);
  const root = parsed.value;
  if (root === undefined || hasErrors(parsed.diagnostics)) return nothing(parsed.diagnostics);
  const validated = validate(propertiesSchema, root, file, CODES);
  if (validated.value === undefined) return nothing(validated.diagnostics);
  const diagnostics: Diagnostic[] = [];
  for (const section of PASSED_OVER) {
    const place = valueOf(root, section);
    if (place !== undefined) diagnostics.push(sectionPassedOver(section, spanOf(place, file)));
  }
  return { ...declarations(validated.value, root, { file, diagnostics }), diagnostics };
}

function declarations(
  input: PropertiesInput,
  root: YamlValue,
  reading: Reading,
): Omit<FileDeclarations, 'diagnostics'> {
  return {
    models: each(input.models, root, 'models', (entry, node) =>
      modelDeclaration(entry, node, reading),
    ),
    seeds: each(input.seeds, root, 'seeds', (entry, node) => nodeDeclaration(entry, node, reading)),
    snapshots: each(input.snapshots, root, 'snapshots', (entry, node) =>
      snapshotDeclaration(entry, node, reading),
    ),
    sources: each(input.sources, root, 'sources', (entry, node) =>
      sourceDeclaration(entry, node, reading),
    ),
    exposures: each(input.exposures, root, 'exposures', kept),
    groups: each(input.groups, root, 'groups', kept),
    unitTests: each(input.unit_tests, root, 'unit_tests', kept),
    macros: each(input.macros, root, 'macros', kept),
    singularTests: each(input.data_tests, root, 'data_tests', kept),
  };
}

function each<T, R>(
  entries: readonly T[] | null | undefined,
  root: YamlValue,
  section: string,
  read: (entry: T, node: YamlMap) => R,
): readonly R[] {
  const list = valueOf(root, section);
  if (entries === null || entries === undefined || list?.kind !== 'list') return [];
  return entries.flatMap((entry, index) => {
    const node = list.items[index];
    return node?.kind === 'map' ? [read(entry, node)] : [];
  });
}

function kept<T>(entry: T, node: YamlMap): Entry<T> {
  return { entry, range: rangeOf(valueOf(node, 'name') ?? node) };
}

function spanOf(node: YamlValue, file: string): { file: string; start: number; end: number } {
  return { file, start: node.start, end: node.end };
}

function nothing(diagnostics: readonly Diagnostic[]): FileDeclarations {
  return {
    models: [],
    seeds: [],
    snapshots: [],
    sources: [],
    exposures: [],
    groups: [],
    unitTests: [],
    macros: [],
    singularTests: [],
    diagnostics,
  };
}
