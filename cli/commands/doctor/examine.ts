import { CortexError } from '../../kernel/errors.ts';
import { plural } from '../../kernel/format.ts';
import { generatedSql } from '../../kernel/rendered-sql.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok } from '../../warehouse/diagnosis/check.ts';
import type { Database } from '../../warehouse/database.ts';
import {
  failedBy,
  programCheck,
  projectCheck,
  targetChecks,
} from '../diagnosis/connection-checks.ts';
import { openDatabase } from '../open-database.ts';
import type { ProjectSession } from '../session.ts';
import { apiVersions } from './api-versions.ts';
import { alertFindings } from './alerts.ts';
import { clocksAndZones } from './clocks-and-zones.ts';
import { connectorFindings } from './connectors.ts';
import { conversionFindings } from './conversions.ts';
import { projectDisk, serverDisk } from './disk.ts';
import type { Area, Finding, Patient } from './finding.ts';
import { freshnessFindings } from './freshness.ts';
import { otherPrivileges } from './other-privileges.ts';
import { pipelineFindings } from './pipelines.ts';
import { relationFindings } from './relations.ts';
import { slowNodes } from './slow-nodes.ts';
import { syncFindings } from './syncs.ts';
import { tokenFindings } from './tokens.ts';

type Findings = AsyncIterable<Check> | Iterable<Check>;

/** What needs no database. */
const OF_PROJECT: readonly (readonly [Area, (session: ProjectSession) => Findings])[] = [
  ['versions', apiVersions],
  ['disk', projectDisk],
  ['connectors', (session) => connectorFindings(session)],
  ['tokens', tokenFindings],
];

/** What needs a database that answers. */
const OF_DATABASE: readonly (readonly [Area, (patient: Patient) => Findings])[] = [
  ['privileges', otherPrivileges],
  ['time zones', clocksAndZones],
  ['disk', serverDisk],
];

/** What needs a database in which something was run. */
const OF_STATE: readonly (readonly [Area, (patient: Patient) => Findings])[] = [
  ['syncs', syncFindings],
  ['freshness', freshnessFindings],
  ['pipelines', pipelineFindings],
  ['conversions', conversionFindings],
  ['alerts', alertFindings],
  ['relations', relationFindings],
  ['slow nodes', slowNodes],
];

/** Everything that `cortex doctor` finds. What one area fails of hides nothing of the others. */
export async function* examine(session: ProjectSession): AsyncGenerator<Finding> {
  yield { area: 'versions', ...programCheck() };
  const { check, manifest } = await projectCheck(session);
  yield { area: 'project', ...check };
  let isReached = false;
  for await (const finding of targetFindings(session)) {
    yield finding;
    isReached ||= finding.name === 'database' && finding.status === 'ok';
  }
  for (const [area, look] of OF_PROJECT) yield* within(area, () => look(session));
  if (!isReached) return;
  try {
    await using database = await openDatabase(session);
    yield* databaseFindings(session, database, manifest);
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    yield {
      area: 'database',
      ...failedBy(error, 'access', '`cortex debug` goes there step by step'),
    };
  }
}

async function* databaseFindings(
  session: ProjectSession,
  database: Database,
  manifest: Manifest | undefined,
): AsyncGenerator<Finding> {
  if (manifest === undefined) return;
  const patient = { session, database, manifest };
  for (const [area, look] of OF_DATABASE) yield* within(area, () => look(patient));
  const { check, isUsable } = await stateCheck(database);
  yield { area: 'versions', ...check };
  if (!isUsable) return;
  for (const [area, look] of OF_STATE) yield* within(area, () => look(patient));
}

/** The steps to the target by area; privileges that are there come as one. */
async function* targetFindings(session: ProjectSession): AsyncGenerator<Finding> {
  let granted = 0;
  for await (const check of targetChecks(session)) {
    const [, privilege] = /^privilege: (.*)$/.exec(check.name) ?? [];
    if (privilege === undefined) yield { area: areaOf(check), ...check };
    else if (check.status === 'ok') granted += 1;
    else yield { area: 'privileges', ...check, name: privilege };
  }
  if (granted > 0) {
    yield { area: 'privileges', ...ok('granted', `${plural(granted, 'privilege')} of a build`) };
  }
}

function areaOf({ name, status }: Check): Area {
  if (name === 'server' && status === 'ok') return 'versions';
  return name === 'time zones' ? 'time zones' : 'database';
}

/** The version of Cortex's own tables; those of a newer one are not touched. */
async function stateCheck(
  database: Database,
): Promise<{ readonly check: Check; readonly isUsable: boolean }> {
  const { standingState } = await import('../../warehouse/state/standing-state.ts');
  const { applied, written } = await standingState(database.control);
  const name = 'state tables';
  if (applied === undefined) {
    return { check: ok(name, 'none: nothing was run in this database yet'), isUsable: false };
  }
  if (applied > written) {
    const detail = `\`${applied}\`: a newer Cortex wrote them`;
    return { check: fail(name, detail, 'use that version here too'), isUsable: false };
  }
  return { check: ok(name, applied), isUsable: true };
}

/** The findings of an area; what cannot be looked at is a finding too. */
async function* within(area: Area, look: () => Findings): AsyncGenerator<Finding> {
  try {
    for await (const check of look()) yield { area, ...check };
  } catch (error) {
    yield { area, ...(await unseen(error)) };
  }
}

async function unseen(error: unknown): Promise<Check> {
  const otherwise = 'mend it, and call `cortex doctor` again';
  if (error instanceof CortexError) return failedBy(error, 'not looked at', otherwise);
  const { DatabaseError } = await import('../../warehouse/database-error.ts');
  if (!(error instanceof DatabaseError)) throw error;
  const { describeDatabaseError } = await import('../../warehouse/describe-error.ts');
  const described = describeDatabaseError(error, generatedSql(error.sql));
  return failedBy(new CortexError([described]), 'not looked at', otherwise);
}
