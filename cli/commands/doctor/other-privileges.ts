import { plural } from '../../kernel/format.ts';
import { nodesOfType } from '../../manifest/nodes-of-type.ts';
import { literal } from '../../sql/literal.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { ok, warn } from '../../warehouse/diagnosis/check.ts';
import { privilegeChecks } from '../../warehouse/diagnosis/privileges.ts';
import type { Patient } from './finding.ts';

/** The privileges of a build in the databases beside the target's own that models have by their `schema`. */
export async function* otherPrivileges(patient: Patient): AsyncGenerator<Check> {
  const { database, manifest } = patient;
  const nodes = nodesOfType(manifest.nodes, 'model', 'seed', 'snapshot');
  const names = new Set(nodes.map(({ relation }) => relation.database));
  names.delete(database.database);
  for (const name of names) {
    if (await isThere(patient, name)) yield* inDatabase(patient, name);
    else {
      const hint = '`cortex setup` makes it, and so does the first build';
      yield warn(name, 'the database of some models is not there yet', hint);
    }
  }
}

async function* inDatabase({ database }: Patient, name: string): AsyncGenerator<Check> {
  let granted = 0;
  for await (const check of privilegeChecks(database, name)) {
    if (check.status === 'ok') granted += 1;
    else if (check.status === 'fail') {
      yield { ...check, name: `${check.name.replace('privilege: ', '')} in ${name}` };
    }
  }
  if (granted > 0) yield ok(`granted in ${name}`, `${plural(granted, 'privilege')} of a build`);
}

async function isThere({ database }: Patient, name: string): Promise<boolean> {
  const rows = await database.control.query(
    `SELECT 1 FROM information_schema.schemata WHERE schema_name = ${literal(name)}`,
  );
  return rows.length > 0;
}
