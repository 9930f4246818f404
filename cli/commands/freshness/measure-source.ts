import type { CompileContext } from '../../compile/context.ts';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import { formatDuration } from '../../kernel/format.ts';
import type { RenderedSql } from '../../kernel/rendered-sql.ts';
import { concatSql, generatedSql } from '../../kernel/rendered-sql.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { SourceNode } from '../../manifest/node.ts';
import type { FreshnessResult } from '../../report/sources-artifact.ts';
import { relationSql } from '../../sql/identifier.ts';
import type { Database } from '../../warehouse/database.ts';
import { compileContext } from '../compile-context.ts';
import { explainDatabaseErrors } from '../database-problem.ts';
import { noLoadedAt, sourceStale } from '../messages.ts';
import type { ProjectSession } from '../session.ts';
import { freshnessStatus } from './freshness-status.ts';
import { SyncedAt } from './synced-at.ts';

/** Where and how the ages of sources are read. */
export interface Measuring {
  readonly session: ProjectSession;
  readonly database: Database;
  readonly context: CompileContext;
  readonly syncedAt: SyncedAt;
}

export function measuring(
  session: ProjectSession,
  database: Database,
  manifest: Manifest,
): Measuring {
  const context = compileContext(session, { manifest, database, catalog: new Map() });
  return { session, database, context, syncedAt: new SyncedAt(session, database) };
}

/** What was found of a source, and what is wrong with it. */
export interface MeasuredSource {
  readonly result: FreshnessResult;
  /** `3 days old`, `no rows`, or why it could not be read. */
  readonly age: string;
  readonly problems: readonly Diagnostic[];
}

/** How old the newest row of a source is, by the server's clock, and what its thresholds say of that. */
export async function measureSource(source: SourceNode, place: Measuring): Promise<MeasuredSource> {
  const { clock, signal } = place.session.world;
  const start = clock.monotonic();
  try {
    const sql = await loadedAtSql(source, place);
    const [row] = await explainDatabaseErrors(sql, async () =>
      place.database.control.query(sql.text, { signal }),
    );
    const checkedAt = Number(row?.['checked_at']) / 1000;
    const loadedAt = row?.['loaded_at'] === null ? undefined : Number(row?.['loaded_at']) / 1000;
    const freshness = source.freshness ?? {};
    const ageMs = loadedAt === undefined ? Infinity : checkedAt - loadedAt;
    const status = freshnessStatus(ageMs, freshness);
    const ms = clock.monotonic() - start;
    const age = ageText(ageMs);
    const problems =
      status === 'pass' ? [] : [sourceStale(source, age, status === 'warn' ? 'warning' : 'error')];
    const result = { id: source.id, status, loadedAt, checkedAt, ms, freshness };
    return { result, age, problems };
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    const { message, diagnostics } = error;
    const result = { id: source.id, status: 'runtime error', message } as const;
    return { result, age: message, problems: diagnostics };
  }
}

/** Both moments in microseconds since the epoch, by the server's own clock in UTC. */
async function loadedAtSql(
  source: SourceNode,
  { session, context, syncedAt }: Measuring,
): Promise<RenderedSql> {
  const { compileText } = await import('../../compile/compile-text.ts');
  const rendered = (text: string): RenderedSql =>
    session.check(
      compileText({ text, file: `<${source.name}>`, packageName: source.packageName }, context),
    );
  const relation = relationSql(source.relation);
  const filter = source.freshness?.filter;
  const where = filter === undefined ? '' : concatSql('\nwhere ', rendered(filter));
  const { loadedAtField, loadedAtQuery } = source;
  let newest: RenderedSql;
  if (loadedAtQuery !== undefined) newest = rendered(loadedAtQuery);
  else if (loadedAtField !== undefined)
    newest = concatSql('select max(', rendered(loadedAtField), `)\nfrom ${relation}`, where);
  else {
    const synced = await syncedAt.expression(source);
    if (synced === undefined) throw new CortexError([noLoadedAt(source)]);
    newest = generatedSql(synced);
  }
  return concatSql(
    "select timestampdiff(microsecond, '1970-01-01', (",
    newest,
    ")) as loaded_at, timestampdiff(microsecond, '1970-01-01', utc_timestamp(6)) as checked_at",
  );
}

function ageText(ms: number): string {
  return ms === Infinity ? 'no rows' : `${spanText(ms)} old`;
}

/** `3 days`, `5h20m`. */
export function spanText(ms: number): string {
  if (ms >= 172_800_000) return `${Math.floor(ms / 86_400_000)} days`;
  return formatDuration(Math.max(0, ms)).trim();
}
