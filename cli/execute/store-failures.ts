import { compileTest } from '../compile/compile-test.ts';
import type { CompileContext } from '../compile/context.ts';
import type { CompiledTest } from '../manifest/compiled.ts';
import { concatSql } from '../kernel/rendered-sql.ts';
import type { TestNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { inferColumns } from '../materialize/infer-columns.ts';
import { buildNames } from '../sql/build-names.ts';
import { columnList, createTableSql } from '../sql/create-table.ts';
import { relationSql } from '../sql/identifier.ts';
import { literal } from '../sql/literal.ts';
import type { Row } from '../warehouse/database.ts';
import type { Capabilities } from '../manifest/capabilities.ts';
import { checked } from './build-version.ts';
import type { StepSession } from './step-session.ts';
import { dropAnySql } from '../warehouse/swap.ts';

/** Rows that are remembered for a test inside a transaction, which only the transaction can see. */
const MOST_ROWS = 1000;

/** Puts failing rows where they are kept. To be called once the transaction that they were seen in has ended. */
export type StoreLater = () => Promise<void>;

/** Makes a view of failing rows over the relations of a context. */
export type ViewLater = (context: CompileContext) => Promise<void>;

/**
 * Reads the failing rows of a test that keeps them in a table now and answers with what stores them. The server would commit an
 * open transaction at the first CREATE, so inside one the rows (up to 1000) are held in memory meanwhile.
 */
export async function storeFailures(
  test: CompiledTest,
  session: StepSession,
  options: { readonly capabilities: Capabilities; readonly isInTransaction: boolean },
): Promise<StoreLater | undefined> {
  const target = test.storeFailures;
  if (target?.as !== 'table') return undefined;
  const { relation } = target;
  const scratch = buildNames(relation).batch;
  const columns = await inferColumns(test.sql, scratch, session, options.capabilities);
  const create = createTableSql({
    relation,
    columns: columns.map((column) => ({ ...column, isNullable: true })),
  });
  const names = columns.map((column) => column.name);
  const into = `insert into ${relationSql(relation)} (${columnList(names)})\n`;
  const rows = options.isInTransaction
    ? await session.query(concatSql('select * from (\n', test.sql, `\n) as q limit ${MOST_ROWS}`))
    : undefined;
  return async () => {
    await replace(relation, session);
    await session.execute(create);
    if (rows === undefined) await session.execute(concatSql(into, test.sql));
    else if (rows.length > 0) await session.execute(`${into}values ${tuples(rows, names)}`);
  };
}

/**
 * What makes the view of the failing rows of a test, given its context once the fate of the tested version
 * is known: a view over the name of a new version would break when that is published.
 */
export function viewFailures(test: TestNode, session: StepSession): ViewLater {
  return async (context) => {
    const compiled = checked(compileTest(test, context));
    const relation = compiled.storeFailures?.relation;
    if (relation === undefined) return;
    await replace(relation, session);
    await session.execute(concatSql(`create view ${relationSql(relation)} as\n`, compiled.sql));
  };
}

/** What drops the rows that an earlier run kept: the test passes now. */
export function dropFailures(
  test: CompiledTest,
  session: StepSession,
  stands: (relation: Relation) => boolean,
): StoreLater | undefined {
  const relation = test.storeFailures?.relation;
  if (relation === undefined || !stands(relation)) return undefined;
  return async () => replace(relation, session);
}

async function replace(relation: Relation, session: StepSession): Promise<void> {
  for (const sql of dropAnySql(relation)) await session.execute(sql);
}

function tuples(rows: readonly Row[], names: readonly string[]): string {
  return rows.map((row) => `(${names.map((name) => cell(row[name])).join(', ')})`).join(',\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return literal(typeof value === 'string' ? value : JSON.stringify(value));
}
