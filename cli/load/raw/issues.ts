import { sha256 } from '../../kernel/hash.ts';
import { relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import type { Connection, Database } from '../../warehouse/database.ts';
import type { StreamKey } from '../../warehouse/state/sync-key.ts';
import { toUtcText } from '../../warehouse/state/utc-text.ts';
import type { RawIssue, RawReject } from './raw-stream.ts';

/** Most different problems that are kept of one window; a platform that changed its format makes few. */
const MOST_ISSUES = 1000;
const MOST_REJECTS = 1000;

interface CountedIssue extends RawIssue {
  readonly occurrences: number;
}

/** What did not fit since the last transaction, each problem once with a count. */
export class IssueLog {
  #issues = new Map<string, CountedIssue>();
  #rejects = new Map<string, RawReject>();

  note(issue: RawIssue): void {
    const { kind, table, column, path, problem } = issue;
    const id = sha256(JSON.stringify([kind, table, column ?? null, path, problem]));
    const there = this.#issues.get(id);
    if (there === undefined && this.#issues.size >= MOST_ISSUES) return;
    const occurrences = (there?.occurrences ?? 0) + 1;
    this.#issues.set(id, { ...(there ?? issue), occurrences });
  }

  reject(reject: RawReject): void {
    if (this.#rejects.size < MOST_REJECTS) this.#rejects.set(reject.hash, reject);
  }

  /** Takes what was noted, to be written with the rows that it is about. */
  take(): NotedIssues {
    const noted = { issues: this.#issues, rejects: [...this.#rejects.values()] };
    this.#issues = new Map();
    this.#rejects = new Map();
    return noted;
  }
}

export interface NotedIssues {
  readonly issues: ReadonlyMap<string, CountedIssue>;
  /** More of them may turn up while the rows are written. */
  readonly rejects: RawReject[];
}

/** Adds issues and rejected records to what stands in the target database, in the open transaction. */
export async function writeIssues(
  connection: Connection,
  database: Database,
  { issues, rejects }: NotedIssues,
  stream: StreamKey & { readonly readAt: string },
): Promise<void> {
  const seenAt = toUtcText(stream.readAt);
  const own = [stream.platform, stream.accountId, stream.stream];
  const table = (name: string) => relationSql({ database: database.database, name });
  const tuple = (values: readonly (string | number | null)[]) =>
    `(${values.map(literal).join(', ')})`;
  if (issues.size > 0) {
    const rows = [...issues].map(([id, issue]) =>
      tuple([
        database.runId,
        ...own,
        id,
        issue.kind,
        issue.table,
        issue.column ?? null,
        issue.path,
        issue.problem,
        issue.valueHash ?? null,
        issue.occurrences,
        seenAt,
      ]),
    );
    await connection.execute(
      `insert into ${table('__cortex_sync_issues')} (run_id, platform, account_id, stream, issue_hash, kind, table_name, column_name, path, problem, value_hash, occurrences, seen_at) values ${rows.join(',\n')}
       on duplicate key update occurrences = occurrences + values(occurrences)`,
    );
  }
  for (const { hash, problem, json } of rejects) {
    await connection.execute(
      `replace into ${table('__cortex_sync_rejects')} (platform, account_id, stream, record_hash, problem, record, run_id, seen_at)
       values ${tuple([...own, hash, problem, json ?? null, database.runId, seenAt])}`,
    );
  }
}
