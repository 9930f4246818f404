import { plural } from '../../kernel/format.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { relationKey } from '../../manifest/relation.ts';
import { isBuildName } from '../../sql/build-names.ts';
import { literal } from '../../sql/literal.ts';
import type { Connection } from '../../warehouse/database.ts';
import { dropAnySql } from '../../warehouse/swap.ts';
import type { FoundRelation } from './search-relations.ts';

export interface StrayRelations {
  /** Names of relations that were dropped: rows of failing tests, versions that were not published. */
  readonly dropped: readonly string[];
  /** Where the person still is. */
  readonly left: readonly string[];
}

/** Drops what builds left behind and can make again, and forgets notifications; names the rest. */
export async function clearStrays(
  connection: Connection,
  { nodes }: Manifest,
  found: readonly FoundRelation[],
  isDry: boolean,
): Promise<StrayRelations> {
  const tests = new Set(
    [...nodes.values()].flatMap((node) =>
      node.resourceType === 'test' ? [relationKey(node.relation)] : [],
    ),
  );
  const [dropped, left]: [string[], string[]] = [[], []];
  for (const { relation, rows } of found) {
    const name = `${relation.database}.${relation.name}`;
    const isMade = tests.has(relationKey(relation)) || isBuildName(relation.name);
    const isNotified = relation.name === '__cortex_notifications';
    if (!isMade && !isNotified) {
      left.push(`\`${name}\`: ${plural(rows.length, 'row')}`);
      continue;
    }
    dropped.push(name);
    if (isDry) continue;
    if (isNotified) {
      const ids = rows.map(({ id }) => literal(String(id))).join(', ');
      await connection.execute(`delete from __cortex_notifications where id in (${ids})`);
      continue;
    }
    for (const sql of dropAnySql(relation)) await connection.execute(sql);
    await connection.execute(
      `delete from __cortex_kept where database_name = ${literal(relation.database)} and relation_name = ${literal(relation.name)}`,
    );
  }
  return { dropped, left };
}
