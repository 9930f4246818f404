import { plural } from '../../kernel/format.ts';
import { nodesOfType } from '../../manifest/nodes-of-type.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { ok } from '../../warehouse/diagnosis/check.ts';
import { isChecked } from '../freshness/freshness-status.ts';
import { measureSource, measuring } from '../freshness/measure-source.ts';
import type { Patient } from './finding.ts';

/** Sources that are older than their `freshness` allows, as `cortex source freshness` measures them. */
export async function* freshnessFindings({
  session,
  database,
  manifest,
}: Patient): AsyncGenerator<Check> {
  const sources = nodesOfType(manifest.nodes, 'source').filter(({ freshness }) =>
    isChecked(freshness),
  );
  const place = measuring(session, database, manifest);
  let fresh = 0;
  for (const source of sources) {
    const { result, age, problems } = await measureSource(source, place);
    if (result.status === 'pass') fresh += 1;
    else {
      yield {
        name: `${source.sourceName}.${source.name}`,
        status: result.status === 'warn' ? 'warn' : 'fail',
        detail: age,
        hint: problems[0]?.hint ?? '`cortex source freshness` says more',
      };
    }
  }
  if (fresh > 0) yield ok('sources', `${plural(fresh, 'source')} fresh enough`);
}
