import { outcome } from '../../cli/kernel/outcome.ts';
import type { Capabilities } from '../../cli/manifest/capabilities.ts';
import { relationSql } from '../../cli/sql/identifier.ts';
import type { TemplateEnvironment } from '../../cli/template/environment.ts';
import { builtInMacros } from '../../cli/template/library/registry.ts';
import { createMacroLibrary } from '../../cli/template/macro-library.ts';
import { parseTemplate } from '../../cli/template/parse.ts';
import { renderTemplate } from '../../cli/template/render.ts';

/** The servers that examples are written for: what their newest versions can do. */
export const EXAMPLE_SERVERS: readonly Capabilities[] = [
  {
    family: 'mariadb',
    version: '10.11',
    label: 'MariaDB 10.11',
    renameNoWait: true,
    createTableAsSelect: true,
    jsonTable: true,
    jsonValue: true,
    jsonValueReturning: false,
    nativeJson: false,
    binaryCollation: 'utf8mb4_nopad_bin',
    md5: true,
    functionalIndexes: false,
    descendingIndexes: true,
    checkConstraints: true,
    exchangePartition: true,
    withBeforeDelete: false,
    lagDefault: false,
    anyValue: false,
    regexpLike: false,
    statementTimeout: true,
    metadataLockViews: false,
    localInfile: true,
    requiresPrimaryKey: false,
    namedTimeZones: false,
    maxAllowedPacket: 67_108_864,
    recursionVariable: 'max_recursive_iterations',
  },
  {
    family: 'mysql',
    version: '9.7',
    label: 'MySQL 9.7',
    renameNoWait: false,
    createTableAsSelect: true,
    jsonTable: true,
    jsonValue: true,
    jsonValueReturning: true,
    nativeJson: true,
    binaryCollation: 'utf8mb4_0900_bin',
    md5: false,
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
  },
];

/** The SQL that a template becomes on a server. Throws when the template has a mistake. */
export function exampleSql(template: string, capabilities: Capabilities): string {
  const parsed = parseTemplate({ path: 'example.sql', text: template });
  const rendered =
    parsed.value &&
    renderTemplate(parsed.value, environment(capabilities), { packageName: 'shop' });
  const [problem] = rendered?.diagnostics ?? parsed.diagnostics;
  if (rendered === undefined || problem !== undefined)
    throw new Error(`${template}: ${problem?.message}`);
  return rendered.value.text;
}

function environment(capabilities: Capabilities): TemplateEnvironment {
  const name = (database: string, table: string) => outcome(relationSql({ database, name: table }));
  return {
    ref: (call) => name('shop', call.name),
    source: (call) => name(call.source, call.table),
    config: () => undefined,
    thisRelation: undefined,
    isIncremental: false,
    target: { name: 'local', database: 'shop', threads: 4, host: '127.0.0.1', user: 'cortex' },
    runStartedAt: '2026-01-01T00:00:00.000000Z',
    variable: () => undefined,
    variableNames: [],
    environmentVariable: () => undefined,
    doc: () => undefined,
    client: { timezone: 'UTC' },
    capabilities,
    macros: createMacroLibrary(builtInMacros()),
  };
}
