import { outcome } from '../../cli/kernel/outcome.ts';
import type { RenderedSql } from '../../cli/kernel/rendered-sql.ts';
import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import type { Capabilities } from '../../cli/manifest/capabilities.ts';
import type { MacroArgument, MacroNode } from '../../cli/manifest/manifest.ts';
import { relationSql } from '../../cli/sql/identifier.ts';
import type { MacroDefinition, TemplateEnvironment } from '../../cli/template/environment.ts';
import { builtInMacros } from '../../cli/template/library/registry.ts';
import { createMacroLibrary } from '../../cli/template/macro-library.ts';
import { parseTemplate } from '../../cli/template/parse.ts';
import type { RenderOptions } from '../../cli/template/render.ts';
import { renderTemplate } from '../../cli/template/render.ts';

export const CAPABILITIES: Capabilities = {
  family: 'mysql',
  binaryCollation: 'utf8mb4_bin',
  version: '9.7.4',
  label: 'MySQL 9.7.4',
  renameNoWait: false,
  createTableAsSelect: true,
  jsonTable: true,
  jsonValue: true,
  jsonValueReturning: true,
  nativeJson: true,
  functionalIndexes: true,
  descendingIndexes: true,
  checkConstraints: true,
  exchangePartition: true,
  withBeforeDelete: true,
  lagDefault: true,
  anyValue: true,
  regexpLike: true,
  statementTimeout: false,
  metadataLockViews: true,
  localInfile: true,
  requiresPrimaryKey: false,
  namedTimeZones: false,
  maxAllowedPacket: 67_108_864,
  recursionVariable: 'cte_max_recursion_depth',
};

/** An environment in which every ref and source exists and nothing is set. */
export function templateEnvironment(
  changes: Partial<TemplateEnvironment> = {},
): TemplateEnvironment {
  return {
    ref: (call) => outcome(relationSql({ database: call.package ?? 'shop', name: call.name })),
    source: (call) => outcome(relationSql({ database: call.source, name: call.table })),
    config: () => undefined,
    thisRelation: '`shop`.`me`',
    thisParts: { database: 'shop', name: 'me' },
    isIncremental: false,
    target: { name: 'dev', database: 'shop', threads: 4, host: 'localhost', user: 'ana' },
    runStartedAt: '2026-11-23T09:00:00.000000Z',
    variable: () => undefined,
    variableNames: [],
    environmentVariable: () => undefined,
    doc: () => undefined,
    client: { timezone: 'America/Sao_Paulo', currency: 'BRL' },
    capabilities: CAPABILITIES,
    macros: createMacroLibrary(builtInMacros()),
    ...changes,
  };
}

export function macroNode(name: string, args: readonly Partial<MacroArgument>[] = []): MacroNode {
  return {
    id: `macro.shop.${name}`,
    name,
    packageName: 'shop',
    path: `macros/${name}.sql`,
    language: 'sql',
    description: '',
    arguments: args.map((argument) => ({
      name: 'value',
      description: '',
      isRequired: true,
      ...argument,
    })),
    meta: {},
    checksum: '',
  };
}

/** A project macro of one SQL file. */
export function sqlMacro(
  name: string,
  text: string,
  args: readonly Partial<MacroArgument>[] = [],
): MacroDefinition {
  return { kind: 'sql', node: macroNode(name, args), text };
}

/** The shipped library and macros of the project. */
export function withMacros(...macros: readonly MacroDefinition[]): Partial<TemplateEnvironment> {
  return { macros: createMacroLibrary([...macros, ...builtInMacros()]) };
}

export interface Rendered {
  readonly text: string;
  readonly sql: RenderedSql;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and renders the text of `models/a.sql`. */
export function render(
  text: string,
  changes: Partial<TemplateEnvironment> = {},
  options: Partial<RenderOptions> = {},
): Rendered {
  const parsed = parseTemplate({ path: 'models/a.sql', text });
  if (parsed.value === undefined)
    return { text: '', sql: { text: '', map: [] }, diagnostics: parsed.diagnostics };
  const rendered = renderTemplate(parsed.value, templateEnvironment(changes), {
    packageName: 'shop',
    ...options,
  });
  return { text: rendered.value.text, sql: rendered.value, diagnostics: rendered.diagnostics };
}

/** `CX2010 @12..16 no helper or macro is named …`, with the marked text in place of the offsets. */
export function problems(text: string, found: readonly Diagnostic[]): string[] {
  return found.map(({ code, message, labels, hint }) => {
    const span = labels[0]?.span;
    const place = span === undefined ? '' : ` at \`${text.slice(span.start, span.end)}\``;
    return `${code}${place}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
}
