import type { Code } from '../../cli/kernel/codes.ts';
import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../cli/kernel/diagnostic.ts';
import { plural } from '../../cli/kernel/format.ts';
import type { Interval } from '../../cli/warehouse/state/intervals.ts';
import type { FatalKind } from '../sdk/http.ts';
import type { FailedOutcome } from '../sdk/read-failure.ts';
import type { SyncPlace } from './sync/sync-event.ts';

/** `nuvemshop.orders of account 2981734`, as messages name where something happened. */
function where({ platform, accountId, stream }: SyncPlace): string {
  const name = stream === undefined ? platform : `${platform}.${stream}`;
  return `\`${name}\` of account \`${accountId}\``;
}

const FATAL: Readonly<Record<FatalKind, Code>> = {
  auth: 'CX7201',
  permission: 'CX7202',
  account: 'CX7203',
  version: 'CX7206',
  request: 'CX7205',
  query: 'CX7205',
  response: 'CX7205',
};

/** Why a stream, or a whole account, was not read to its end. */
export function readFailed(
  outcome: FailedOutcome,
  place: SyncPlace,
  window?: Interval,
): Diagnostic {
  const span = window === undefined ? [] : [`the window ${windowText(window)} was not read`];
  const notes = [...span, 'what was read before stays in the tables'];
  const { code, hint } = failureKind(outcome, place);
  return diagnostic(code, `${where(place)} cannot be read: ${outcome.reason}`, { notes, hint });
}

function failureKind(outcome: FailedOutcome, place: SyncPlace): { code: Code; hint: string } {
  switch (outcome.action) {
    case 'retry':
      return {
        code: 'CX7204',
        hint: 'run the same command again: it goes on where this one ended',
      };
    case 'rate_limited':
    case 'stop_until_reset':
      return { code: 'CX7208', hint: laterHint(outcome.waitMs) };
    case 'split_request':
      return {
        code: 'CX7207',
        hint: 'report it with this message: the platform’s limits may have changed',
      };
    case 'skip_account':
      return {
        code: 'CX7203',
        hint: 'check the account on the platform, or remove it from the project file',
      };
    case 'fatal':
      return { code: FATAL[outcome.kind], hint: fatalHint(outcome.kind, place) };
  }
}

function fatalHint(kind: FatalKind, { platform }: SyncPlace): string {
  switch (kind) {
    case 'auth':
      return `connect the account again: \`cortex connect ${platform}\``;
    case 'permission':
      return `grant the permission that the message names, or mend the account’s id under \`connectors.${platform}.accounts\``;
    case 'account':
      return `check the account’s settings under \`connectors.${platform}.accounts\``;
    case 'version':
      return 'install a newer release of Cortex';
    case 'request':
    case 'query':
    case 'response':
      return 'look for a newer release of Cortex, or report it with this message';
  }
}

function laterHint(waitMs: number | undefined): string {
  if (waitMs === undefined) return 'run the same command later: it goes on where this one ended';
  const minutes = Math.ceil(waitMs / 60_000);
  return `run the same command in ${plural(minutes, 'minute')}: it goes on where this one ended`;
}

function windowText({ from, to }: Interval): string {
  return `from ${from} to ${to}`;
}

interface Facts {
  readonly currency: string;
  readonly timeZone: string;
}

/** The account is not what it was when its rows were read. */
export function accountChanged(place: SyncPlace, before: Facts, now: Facts): Diagnostic {
  const changes = differences(before, now);
  return diagnostic('CX7209', `${where(place)} now has ${changes.now}`, {
    notes: [`what was read before has ${changes.before}`, 'nothing of the account was read'],
    hint: 'check that the account’s id is the right one; `--full-refresh` reads it from its start',
  });
}

/** Sums over this account and others would be wrong. */
export function accountDiffers(place: SyncPlace, client: Facts, account: Facts): Diagnostic {
  const changes = differences(client, account);
  return diagnostic('CX7210', `${where(place)} has ${changes.now}`, {
    notes: [`the project’s client has ${changes.before}`],
    hint: 'convert its amounts, and mind its days, where models add accounts up',
  });
}

function differences(before: Facts, now: Facts) {
  const names = (['currency', 'timeZone'] as const).filter((name) => before[name] !== now[name]);
  const text = (facts: Facts) =>
    names
      .map((name) => `the ${name === 'currency' ? 'currency' : 'time zone'} \`${facts[name]}\``)
      .join(' and ');
  return { before: text(before), now: text(now) };
}

export function unknownZone(place: SyncPlace, timeZone: string): Diagnostic {
  return diagnostic('CX7205', `${where(place)} has the time zone \`${timeZone}\`, which is none`, {
    hint: 'look for a newer release of Cortex, or report it with this message',
  });
}

export function manyRejects(place: SyncPlace, rejected: number, records: number): Diagnostic {
  const count = `${rejected} of ${plural(records, 'record')}`;
  return diagnostic('CX7211', `${where(place)}: ${count} have no key`, {
    notes: ['the window was not kept; the records stand in `__cortex_sync_rejects`'],
    hint: 'look for a newer release of Cortex, or report it with this message',
  });
}

/** What the end of a run says about values that are not in their columns. */
export function valuesDoNotFit(
  place: SyncPlace,
  { misfits, rejected }: { readonly misfits: number; readonly rejected: number },
): Diagnostic {
  const parts = [
    ...(misfits > 0 ? [`${plural(misfits, 'value')} did not fit`] : []),
    ...(rejected > 0 ? [`${plural(rejected, 'record')} had no key`] : []),
  ];
  return diagnostic('CX7212', `${where(place)}: ${parts.join(', and ')}`, {
    hint: 'see `__cortex_sync_issues` and `__cortex_sync_rejects` for columns and reasons',
  });
}

/** Windows end at the clock's time, by which the platform says what has changed. */
export function clockDiffers(place: SyncPlace, aheadMs: number): Diagnostic {
  const difference = roughly(Math.abs(aheadMs));
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return diagnostic(
    'CX7219',
    `this machine’s clock is ${difference} ${way} that of ${where(place)}`,
    {
      notes: [
        aheadMs > 0
          ? 'what the platform has not seen yet does not count as read: windows end by its clock'
          : 'changes of the last minutes are read by a later sync',
      ],
      hint: 'set the clock, by NTP for example',
    },
  );
}

/** `7 minutes`, `5 hours`, `55 days`. */
function roughly(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return plural(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? plural(hours, 'hour') : plural(Math.round(hours / 24), 'day');
}

export function platformNotice(place: SyncPlace, text: string): Diagnostic {
  return diagnostic('CX7213', `${where(place)}: ${text}`);
}
