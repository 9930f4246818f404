import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { CompiledTest } from '../manifest/compiled.ts';
import type { NodeConfig } from '../manifest/node-config.ts';
import type { TestNode } from '../manifest/node.ts';
import type { ArgumentPlace } from './messages.ts';
import { invalidLimit, invalidSeverity, invalidStorage, invalidThreshold } from './messages.ts';

/** How the failing rows of a test are counted, judged and kept. */
export interface TestSettings {
  readonly severity: CompiledTest['severity'];
  readonly warnIf: string;
  readonly errorIf: string;
  readonly failCalc: string | undefined;
  readonly limit: number | undefined;
  readonly storeAs: 'table' | 'view' | undefined;
}

const DEFAULT_THRESHOLD = '!= 0';
const DEFAULT_FAIL_CALC = 'count(*)';

/** Reads the configuration of a test; what is not allowed is reported and its default taken. */
export function testSettings(
  test: TestNode,
  storeByFlag: boolean,
  diagnostics: Diagnostic[],
): TestSettings {
  const { config } = test;
  const place = { test: test.testName ?? test.name, span: test.span };
  const failCalc = String(config.fail_calc ?? DEFAULT_FAIL_CALC);
  return {
    severity: severityOf(config, place, diagnostics),
    warnIf: thresholdOf('warn_if', config, place, diagnostics),
    errorIf: thresholdOf('error_if', config, place, diagnostics),
    failCalc: failCalc === DEFAULT_FAIL_CALC ? undefined : failCalc,
    limit: limitOf(config, place, diagnostics),
    storeAs: storageOf(config, storeByFlag, () =>
      diagnostics.push(invalidStorage(String(config.store_failures_as), place)),
    ),
  };
}

function severityOf(
  config: NodeConfig,
  place: ArgumentPlace,
  diagnostics: Diagnostic[],
): TestSettings['severity'] {
  const written = config.severity ?? 'error';
  const severity = String(written).toLowerCase();
  if (severity === 'error' || severity === 'warn') return severity;
  diagnostics.push(invalidSeverity(String(written), place));
  return 'error';
}

const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?`;
const COMPARISON = new RegExp(
  String.raw`^\s*(?:(?:=|!=|<>|<=|>=|<|>)\s*${NUMBER}|(?:not\s+)?between\s+${NUMBER}\s+and\s+${NUMBER}|(?:not\s+)?in\s*\(\s*${NUMBER}(?:\s*,\s*${NUMBER})*\s*\))\s*$`,
  'i',
);

function thresholdOf(
  key: 'warn_if' | 'error_if',
  config: NodeConfig,
  place: ArgumentPlace,
  diagnostics: Diagnostic[],
): string {
  const written = String(config[key] ?? DEFAULT_THRESHOLD);
  if (COMPARISON.test(written)) return written;
  diagnostics.push(invalidThreshold(key, written, place));
  return DEFAULT_THRESHOLD;
}

function limitOf(
  config: NodeConfig,
  place: ArgumentPlace,
  diagnostics: Diagnostic[],
): number | undefined {
  const limit: unknown = config.limit ?? undefined;
  if (limit === undefined) return undefined;
  const rows = Number(limit);
  if (Number.isSafeInteger(rows) && rows >= 0) return rows;
  diagnostics.push(invalidLimit(limit, place));
  return undefined;
}

/**
 * Where failing rows are kept, or `undefined` for nowhere: `store_failures_as` decides, then
 * `store_failures`, then the flag.
 */
export function storageOf(
  config: Pick<NodeConfig, 'store_failures' | 'store_failures_as'>,
  storeByFlag: boolean,
  onInvalid: () => void,
): 'table' | 'view' | undefined {
  const as: string | undefined = config.store_failures_as ?? undefined;
  if (as === undefined) return (config.store_failures ?? storeByFlag) ? 'table' : undefined;
  if (as === 'table' || as === 'view') return as;
  if (as !== 'ephemeral') onInvalid();
  return undefined;
}
