import type { Capabilities } from '../manifest/capabilities.ts';

/** What `run_started_at` gives while parsing, when no run has begun: a configuration cannot depend on it. */
export const PARSE_TIME = '1970-01-01T00:00:00.000000Z';

/**
 * What templates see of the server while parsing, before one is asked: all that any server can do, so
 * that every branch of a macro can be read. Compiling uses what the server really can.
 */
export const PARSE_CAPABILITIES: Capabilities = {
  family: 'mysql',
  version: '8.0.0',
  label: 'MySQL',
  renameNoWait: false,
  createTableAsSelect: true,
  jsonTable: true,
  jsonValue: true,
  jsonValueReturning: true,
  nativeJson: true,
  binaryCollation: 'utf8mb4_0900_bin',
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
  localInfile: false,
  requiresPrimaryKey: false,
  namedTimeZones: false,
  maxAllowedPacket: 67_108_864,
  recursionVariable: 'cte_max_recursion_depth',
};
