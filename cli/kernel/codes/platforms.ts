import type { CodeEntry } from '../code-entry.ts';
import { errorCode, warningCode } from '../code-entry.ts';

/** CX72xx: reading platforms. */
export const PLATFORM_CODES = {
  CX7201: errorCode(
    'platform-credentials',
    'A platform that does not accept the credentials',
    'The token was never right, ran out, was withdrawn, or belongs to another app. Connect the account again with `cortex connect`. Other accounts were read; what stood in the tables stays.',
  ),
  CX7202: errorCode(
    'platform-permission',
    'A platform that does not let this be read',
    'The credentials are right, but a scope or a role is missing. Grant what the message names and sync again.',
  ),
  CX7203: errorCode(
    'account-unusable',
    'An account that cannot be read',
    'The platform closed, suspended or does not know the account. It is skipped; the other accounts were read.',
  ),
  CX7204: errorCode(
    'platform-unreachable',
    'A platform that does not answer',
    'The connection, or the platform, failed several times in a row. Windows that were read completely are kept; the next run goes on from there.',
  ),
  CX7205: errorCode(
    'platform-refused',
    'A request that a platform refuses, or an answer that cannot be understood',
    'The platform says that the request is wrong, or answered in another shape than its documentation says. This is mostly a change of the platform’s API: look for a newer release of Cortex.',
  ),
  CX7206: errorCode(
    'api-version-ended',
    'A version of an API that a platform no longer serves',
    'Platforms end old versions of their APIs. A newer release of Cortex asks for a newer version.',
  ),
  CX7207: errorCode(
    'too-much-at-once',
    'More data in an hour or a day than a platform gives at once',
    'The page was made smaller and the window shorter, down to a day or an hour, and the platform still says that it is too much. Windows before it are kept.',
  ),
  CX7208: warningCode(
    'limit-used-up',
    'A limit of a platform that is used up for now',
    'The platform serves no more calls for longer than the run may wait. What was read is kept and the state says so; run the same command later and it goes on.',
  ),
  CX7209: errorCode(
    'account-changed',
    'An account whose currency or time zone is another than before',
    'Rows that were read before are in another currency, or about days of another calendar, so that sums over both would be wrong. Check that the account’s id is the right one. If the account really changed, read it from its start with `--full-refresh`.',
  ),
  CX7210: warningCode(
    'account-differs',
    'An account in another currency or time zone than the project’s client',
    'Amounts of this account are in its own currency and its days begin at its own midnight. Models that add accounts up have to convert them.',
  ),
  CX7211: errorCode(
    'many-rejects',
    'Too many records without a key',
    'More than one record in a hundred has no key: the platform most likely changed the shape of its answers. Nothing of the window was kept.',
  ),
  CX7212: warningCode(
    'values-do-not-fit',
    'Values that do not fit their columns',
    'The values are NULL in their columns and complete in the record’s JSON. The table `__cortex_sync_issues` says which columns and why; records without a key stand in `__cortex_sync_rejects`.',
  ),
  CX7213: warningCode(
    'platform-notice',
    'Something that a platform says about its data',
    'The platform sampled or withheld data, or served another version of its API than the one asked for.',
  ),
  CX7214: errorCode(
    'credentials-file',
    'A file with credentials that cannot be read',
    'A file below `.cortex/credentials` is damaged or belongs to somebody else. Connect the account again with `cortex connect`.',
  ),
  CX7215: errorCode(
    'own-connector',
    'A connector of the project that cannot be used',
    'A file in the project’s `connectors` folder exports one platform, made by `definePlatform`, whose name is the file’s.',
  ),
  CX7216: errorCode(
    'source-file-edited',
    'A file of sources that people wrote or changed',
    '`cortex sync --write-sources` writes `sources/<platform>.yml` from the definitions of the streams, and only over what it wrote itself. Keep tests and other properties of these tables in another file, and remove this one to have it written anew.',
  ),
  CX7217: errorCode(
    'nothing-to-backfill',
    'Streams without a past',
    '`cortex backfill` reads windows of the past that are missing. Files, and streams that every sync reads as a whole (campaigns, categories, a shop), have none: `cortex sync` brings them up to date.',
  ),
  CX7218: errorCode(
    'connect-answers',
    'An answer that `cortex connect` lacks or cannot use',
    '`cortex connect` asks at the terminal for what it needs. Without a terminal each answer comes from an environment variable, `CORTEX_CONNECT_` and the name of the answer; the message lists those that are missing. An answer of another shape than the platform’s (an id with letters) is refused before anything is sent.',
  ),
  CX7219: warningCode(
    'clock-differs',
    'A clock that differs from a platform’s',
    'Windows of time end at the machine’s clock, or at the platform’s where the machine is ahead: what was not there yet is never counted as read. Tokens that are signed with a wrong time may be refused.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
