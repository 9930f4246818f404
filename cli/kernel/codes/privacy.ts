import type { CodeEntry } from '../code-entry.ts';
import { errorCode, warningCode } from '../code-entry.ts';

/** CX79xx: requests about personal data. */
export const PRIVACY_CODES = {
  CX7901: errorCode(
    'nobody-named',
    'A request about personal data that names nobody',
    'A person is found by `--email`, `--phone` or `--document` (CPF or CNPJ). What was given is no such thing, or nothing was given; it is not repeated here, since messages end up in logs. Nothing was looked for or changed.',
  ),
  CX7902: errorCode(
    'number-of-several',
    'A telephone number that several persons have',
    'Records of different addresses or documents have the number, so that it does not tell whose data is meant. Give the e-mail address or the document, too: the number is then only followed where nobody else has it. Nothing was changed.',
  ),
  CX7903: errorCode(
    'privacy-secret',
    'The secret of the list of erased persons is missing, is another one, or cannot be used',
    'Erased persons are known again by HMACs whose secret is not in the database: `CORTEX_PRIVACY_SECRET`, or the file `.cortex/privacy/secret`. Without the secret that the list was made with, a sync could bring their data back, so it stops. Bring the secret back from a backup, or from the machine that erased first.',
  ),
  CX7904: errorCode(
    'not-confirmed',
    'An erasure that nobody confirmed',
    'What is erased cannot be brought back. Without a terminal to ask at, `--yes` confirms it; `--dry-run` shows what would be done. Nothing was changed.',
  ),
  CX7905: warningCode(
    'person-left',
    'Something of the person is left',
    'The person was looked for again in all databases and files of the project, and was found where Cortex does not write, or where a rebuild did not succeed. The places are named; what stands there is not. The request stays open as `incomplete`; the same command goes on with it.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
