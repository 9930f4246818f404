export type ServerFamily = 'mysql' | 'mariadb' | 'tidb';

/**
 * What the server that answered can do, probed when connecting. SQL is chosen by these properties,
 * never by the server's name (which is for people).
 */
export interface Capabilities {
  readonly family: ServerFamily;
  /** `9.7.4`, `10.11.19`. */
  readonly version: string;
  /** `MySQL 9.7.4`, for people. */
  readonly label: string;
  /** `RENAME TABLE a NOWAIT TO b`. */
  readonly renameNoWait: boolean;
  /** `CREATE TABLE … AS SELECT` and `CREATE TEMPORARY TABLE … AS SELECT`. */
  readonly createTableAsSelect: boolean;
  readonly jsonTable: boolean;
  readonly jsonValue: boolean;
  /** `JSON_VALUE(x, path RETURNING type)`, needed where the default is VARCHAR(512). */
  readonly jsonValueReturning: boolean;
  /** Native binary JSON type (MySQL, TiDB); false where JSON is LONGTEXT. */
  readonly nativeJson: boolean;
  /** A collation that tells any two texts apart, trailing blanks included where the server has one. */
  readonly binaryCollation: string;
  /** `MD5()`, which MySQL gave up in 9.6. */
  readonly md5?: boolean;
  readonly functionalIndexes: boolean;
  readonly descendingIndexes: boolean;
  readonly checkConstraints: boolean;
  readonly exchangePartition: boolean;
  readonly withBeforeDelete: boolean;
  readonly lagDefault: boolean;
  readonly anyValue: boolean;
  readonly regexpLike: boolean;
  /** `SET STATEMENT max_statement_time=… FOR …`. */
  readonly statementTimeout: boolean;
  /** `sys.schema_table_lock_waits` and `performance_schema.metadata_locks` name blockers. */
  readonly metadataLockViews: boolean;
  /** `LOAD DATA LOCAL INFILE` is allowed by the server now. */
  readonly localInfile: boolean;
  readonly requiresPrimaryKey: boolean;
  readonly namedTimeZones: boolean;
  readonly maxAllowedPacket: number;
  /** The session variable that bounds recursive CTEs. */
  readonly recursionVariable: 'cte_max_recursion_depth' | 'max_recursive_iterations';
}
