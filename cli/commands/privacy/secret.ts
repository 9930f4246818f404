import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CortexError } from '../../kernel/errors.ts';
import { readText } from '../../platform/fs.ts';
import type { ProjectSession } from '../session.ts';
import { secretProblem } from './messages.ts';

const VARIABLE = 'CORTEX_PRIVACY_SECRET';
const SHORTEST = 16;

/** Folders in it. */
export const EXPORTS = 'exports';
export const REPORTS = 'reports';

/** `.cortex/privacy` of the project, or of the client. */
export function privacyFolder({ project }: ProjectSession): string {
  return join(project.directory, '.cortex', 'privacy', project.clientCode ?? '.');
}

/** The secret of the environment or of the file; `undefined` where there is none. Throws CX7903 for a short one. */
export function readSecret(session: ProjectSession): string | undefined {
  const given = session.project.environment[VARIABLE];
  const secret =
    given === undefined || given === '' ? readText(secretPath(session))?.trim() : given;
  if (secret === undefined || secret.length >= SHORTEST) return secret;
  throw new CortexError([
    secretProblem(
      `the secret of the list of erased persons has fewer than ${SHORTEST} characters`,
      `\`openssl rand -hex 32\` makes one for \`${VARIABLE}\``,
    ),
  ]);
}

/** The secret, made and kept in a file of mode 600 where there is none. */
export function readOrMakeSecret(session: ProjectSession): string {
  const known = readSecret(session);
  if (known !== undefined) return known;
  const path = secretPath(session);
  const made = randomBytes(32).toString('hex');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx' });
  session.note(
    `made \`.cortex/privacy/secret\`: keep a copy, and give it to every machine that syncs (\`${VARIABLE}\`)`,
  );
  return made;
}

function secretPath(session: ProjectSession): string {
  return join(privacyFolder(session), 'secret');
}
