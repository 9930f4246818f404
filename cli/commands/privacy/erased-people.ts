import type { ErasedPeople } from '../../../connectors/runner/pii/erased-people.ts';
import type { Mark } from '../../../connectors/runner/pii/marks.ts';
import type { ConversionRow } from '../../../tracking/outbox/conversion-columns.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { Connection } from '../../warehouse/database.ts';
import type { ErasedList } from '../../warehouse/state/privacy-store.ts';
import { PrivacyStore } from '../../warehouse/state/privacy-store.ts';
import type { ProjectSession } from '../session.ts';
import { secretProblem } from './messages.ts';
import { readSecret } from './secret.ts';

/** Whose data must not come back; `undefined` where nobody was erased. Throws CX7903 without the list's secret. */
export async function erasedPeople(
  session: ProjectSession,
  connection: Connection,
): Promise<ErasedPeople | undefined> {
  const store = await PrivacyStore.open(connection);
  const list = await store.erased();
  if (list.digests.size === 0) return undefined;
  const secret = readSecret(session);
  if (secret === undefined) {
    throw new CortexError([
      secretProblem(
        'persons were erased, and the secret that tells them is not here',
        'set `CORTEX_PRIVACY_SECRET`, or copy `.cortex/privacy/secret` from the machine that erased',
      ),
    ]);
  }
  await checkSecret(secret, list);
  const people = await import('../../../connectors/runner/pii/erased-people.ts');
  return new people.ErasedPeople(secret, list.digests);
}

/** Throws CX7903 where persons were erased with another secret. */
export async function checkSecret(secret: string, { secretChecks }: ErasedList): Promise<void> {
  const { secretCheck } = await import('../../../connectors/runner/pii/erased-people.ts');
  const own = secretCheck(secret);
  if ([...secretChecks].every((check) => check === own)) return;
  throw new CortexError([
    secretProblem(
      'persons were erased with another secret than the one that is here',
      'bring back the secret of the first erasure; two secrets cannot be used side by side',
    ),
  ]);
}

/** Tells of a conversion whether its customer was erased; `undefined` where nobody was. */
export async function erasedCustomer(
  session: ProjectSession,
  connection: Connection,
): Promise<((row: ConversionRow) => boolean) | undefined> {
  const people = await erasedPeople(session, connection);
  if (people === undefined) return undefined;
  const marksOfRow = await conversionMarks();
  return (row) => people.own(marksOfRow(row));
}

/** Reads by what a conversion's customer is known: e-mail address and telephone number. */
export async function conversionMarks(): Promise<(row: ConversionRow) => readonly Mark[]> {
  const { markOf } = await import('../../../connectors/runner/pii/marks.ts');
  return ({ email, phone }) =>
    [markOf('email', email ?? ''), markOf('phone', phone ?? '')].filter(
      (mark) => mark !== undefined,
    );
}
