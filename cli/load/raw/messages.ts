import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { TableColumn } from '../../sql/create-table.ts';
import type { DatabaseError } from '../../warehouse/database-error.ts';
import type { StreamKey } from '../../warehouse/state/sync-key.ts';
import { serverWords } from '../../warehouse/messages.ts';
import { isDiskFull, statementProblem } from '../../warehouse/statement-problem.ts';

/** The server does not let raw tables be made or written. What was committed stays, and the state says no more. */
export function writeFailed(
  { platform, stream }: { readonly platform: string; readonly stream: string },
  error: DatabaseError,
  accountId?: string,
): CortexError {
  const account = accountId === undefined ? '' : ` of account \`${accountId}\``;
  const { reason, hint } = reasonOf(error);
  return new CortexError(
    [
      diagnostic('CX7104', `\`${platform}.${stream}\`${account} cannot be written: ${reason}`, {
        notes: [
          serverWords(error),
          'nothing counts as read that is not there: the next sync reads the window again',
        ],
        hint,
      }),
    ],
    { cause: error, retryable: RETRYABLE.has(error.kind) },
  );
}

const RETRYABLE: ReadonlySet<string> = new Set(['connection_lost', 'deadlock', 'lock_timeout']);

function reasonOf(error: DatabaseError): { readonly reason: string; readonly hint: string } {
  if (isDiskFull(error)) {
    return {
      reason: 'the server’s disk is full',
      hint: 'make room on the server, then sync again',
    };
  }
  const { message, hint } = statementProblem(error);
  return { reason: message, hint: hint ?? 'the note has the server’s own words' };
}

export function otherKey(
  relation: Relation,
  found: readonly string[],
  wanted: readonly string[],
): Diagnostic {
  const list = (names: readonly string[]) =>
    names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
  return diagnostic('CX7103', `\`${relation.name}\` has another primary key than its stream`, {
    notes: [`there: ${list(found)}`, `declared: ${list(wanted)}`, 'the table was left as it is'],
    hint: 'rename the table, then sync with `--full-refresh`',
  });
}

export function typeClash(relation: Relation, column: TableColumn, existing: string): Diagnostic {
  return diagnostic(
    'CX7103',
    `\`${column.name}\` of \`${relation.name}\` is \`${existing}\`, which cannot become \`${column.type}\``,
    {
      notes: ['the table was left as it is'],
      hint: 'rename the column, then sync with `--full-refresh`',
    },
  );
}

export function tableBusy(relation: Relation): Diagnostic {
  return diagnostic('CX7102', `another run has been changing \`${relation.name}\` for a minute`, {
    hint: 'wait until it has ended, then sync again',
  });
}

/** The session with the rows of a window that is not complete yet is gone. */
export function stageLost({ platform, stream, accountId }: StreamKey): CortexError {
  return new CortexError(
    [
      diagnostic(
        'CX7104',
        `the connection that collected a window of \`${platform}.${stream}\` of account \`${accountId}\` broke`,
        {
          notes: ['nothing of the window was written'],
          hint: 'sync again: the window is read again',
        },
      ),
    ],
    { retryable: true },
  );
}
