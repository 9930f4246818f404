import type { NodeId } from '../../manifest/node-id.ts';
import { relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import type { Database } from '../database.ts';

/** The checksums of data tests by their ids. */
export type PassedTests = ReadonlyMap<NodeId, string>;

/**
 * Notes the data tests that every row of a node's table passes as it stands; none takes the note back. Sent in the
 * transaction that changes the table, or once it is certain that the note says less than is true.
 */
export function passedTestsSql({ database }: Database, node: NodeId, tests: PassedTests): string {
  const table = relationSql({ database, name: '__cortex_passed_tests' });
  if (tests.size === 0) return `delete from ${table} where node_id = ${literal(node)}`;
  const text = JSON.stringify(Object.fromEntries(tests));
  return `replace into ${table} (node_id, tests) values (${literal(node)}, ${literal(text)})`;
}

export function readPassedTests(text: string): PassedTests {
  return new Map(Object.entries(JSON.parse(text) as Record<NodeId, string>));
}
