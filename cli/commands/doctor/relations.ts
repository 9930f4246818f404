import { plural } from '../../kernel/format.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { nodesOfType } from '../../manifest/nodes-of-type.ts';
import type { CatalogRelation, Relation } from '../../manifest/relation.ts';
import { relationKey } from '../../manifest/relation.ts';
import { conversionDestinations } from '../../project/conversion-destinations.ts';
import { isBuildName } from '../../sql/build-names.ts';
import { relationSql } from '../../sql/identifier.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import type { Database } from '../../warehouse/database.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { ok, warn } from '../../warehouse/diagnosis/check.ts';
import { DEBUG_PREFIX } from '../../warehouse/diagnosis/privileges.ts';
import { namesOfFileSyncs } from '../../warehouse/file-syncs.ts';
import { runLockName } from '../../warehouse/run-lock-name.ts';
import { StateStore } from '../../warehouse/state/state-store.ts';
import { lockThread } from '../../warehouse/used-lock.ts';
import type { ProjectSession } from '../session.ts';
import { streamTables } from '../sync/stream-tables.ts';
import type { Patient } from './finding.ts';

/** Relations that are told one by one; the rest is counted. */
const MOST_SHOWN = 20;
/** Begins the names of Cortex's own tables. */
const OWN_PREFIX = '__cortex_';

/** What stands in the target's databases and nothing of the project names, or a run left behind. */
export async function* relationFindings(patient: Patient): AsyncGenerator<Check> {
  const { session, database, manifest } = patient;
  const found = await readCatalog(database.control, ownDatabases(manifest, database));
  const named = await namedRelations(session, manifest, database);
  const leftovers = await leftoverTest(database, manifest);
  const orphans: Check[] = [];
  for (const relation of found.values()) {
    const { database: place, name } = relation.relation;
    const title = place === database.database ? name : `${place}.${name}`;
    const leftover = leftovers(relation.relation);
    if (leftover !== undefined) {
      orphans.push(warn(title, leftover.detail, leftover.hint ?? dropHint(relation)));
    } else if (!isOwn(name) && !named.has(lowerKey(relation.relation))) {
      const detail = `a ${relation.kind} that no model, seed, snapshot, source or stream names`;
      const hint = `name it as a source, or drop it: ${dropHint(relation)}`;
      orphans.push(warn(title, detail, hint));
    }
  }
  yield* orphans.slice(0, MOST_SHOWN);
  const more = orphans.length - MOST_SHOWN;
  if (more > 0) {
    const hint = 'drop or name those above, and call `cortex doctor` again';
    yield warn('more', `${more} more like these`, hint);
  }
  if (orphans.length === 0) yield ok('relations', `${plural(found.size, 'relation')} named`);
}

/** The target's own database, and those of the project that are named after it. */
function ownDatabases(manifest: Manifest, { database }: Database): readonly string[] {
  const nodes = nodesOfType(manifest.nodes, 'model', 'seed', 'snapshot', 'test');
  const names = nodes.map(({ relation }) => relation.database);
  return [...new Set([database, ...names.filter((name) => name.startsWith(`${database}_`))])];
}

async function namedRelations(
  session: ProjectSession,
  { nodes }: Manifest,
  { database }: Database,
): Promise<ReadonlySet<string>> {
  const ofNodes = nodesOfType(nodes, 'model', 'seed', 'snapshot', 'source', 'test').map(
    ({ relation }) => lowerKey(relation),
  );
  const ofStreams = [...(await streamTables(session)).keys()].map((key) => key.toLowerCase());
  const ofConversions = conversionDestinations(session.project).flatMap(({ reads }) =>
    reads.map((text) => {
      const [name = '', place = database] = text.split('.').toReversed();
      return lowerKey({ database: place, name });
    }),
  );
  return new Set([...ofNodes, ...ofStreams, ...ofConversions]);
}

interface Leftover {
  readonly detail: string;
  readonly hint: string | undefined;
}

/** Says of a relation whether a run left it behind: not while a run works, nor what is kept for a node that is there. */
async function leftoverTest(
  database: Database,
  manifest: Manifest,
): Promise<(relation: Relation) => Leftover | undefined> {
  const state = await StateStore.open(database.control);
  const kept = new Map(
    (await state.keptRelations()).map(({ relation, node }) => [lowerKey(relation), node]),
  );
  const beingMade = await namesOfFileSyncs(database);
  const lock = runLockName(database.database);
  const isRunning = (await lockThread(database.control, lock)) !== undefined;
  return (relation) => {
    const { name } = relation;
    if (name.startsWith(DEBUG_PREFIX)) {
      return { detail: 'left by a diagnosis that was killed', hint: undefined };
    }
    if (!isBuildName(name) || beingMade.has(name)) return undefined;
    const node = kept.get(lowerKey(relation));
    if (node !== undefined) {
      return manifest.nodes.has(node)
        ? undefined
        : { detail: `kept after a failing test of \`${node}\`, which is no more`, hint: undefined };
    }
    if (isRunning) return undefined;
    const hint = 'the next build removes it';
    return { detail: 'left by a run that was killed', hint };
  };
}

function isOwn(name: string): boolean {
  return name.startsWith(OWN_PREFIX) || isBuildName(name);
}

function dropHint({ relation, kind }: CatalogRelation): string {
  return `DROP ${kind === 'view' ? 'VIEW' : 'TABLE'} ${relationSql(relation)}`;
}

/** Some servers keep names in lower case, whatever was written. */
function lowerKey(relation: Relation): string {
  return relationKey(relation).toLowerCase();
}
