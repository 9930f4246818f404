import type { ConnectResult, PlatformDefinition } from '../../../connectors/sdk/definition.ts';
import { CortexError } from '../../kernel/errors.ts';
import { answerUnfit } from '../messages.ts';
import type { ProjectSession } from '../session.ts';
import { askSteps } from './answers.ts';

export interface ConnectedSettings {
  /** As the platform's definition reads them; credentials are secrets. */
  readonly parsed: unknown;
  /** What is not secret, for the project file. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** Settings of the account that was connected; what the platform needs beside its credentials is asked for. */
export async function accountSettings(
  session: ProjectSession,
  definition: PlatformDefinition,
  { account, secrets }: ConnectResult<unknown>,
): Promise<ConnectedSettings> {
  const written = Object.fromEntries(
    Object.entries({ ...account }).filter(([, value]) => value !== undefined && value !== ''),
  );
  const missing = problemsOf(definition, { ...written, ...secrets }).filter(
    ({ key }) => !(key in written) && !(key in secrets),
  );
  const more = await askSteps(
    session,
    definition.name,
    missing.map(({ key }) => ({
      key,
      question: `The setting ${key}`,
      instructions: '',
      isSecret: false,
    })),
  );
  const all = { ...written, ...more };
  const [unfit] = problemsOf(definition, { ...all, ...secrets });
  if (unfit !== undefined) throw new CortexError([answerUnfit(unfit.key, unfit.reason)]);
  return { parsed: definition.account.parse({ ...all, ...secrets }), written: all };
}

function problemsOf(definition: PlatformDefinition, settings: Readonly<Record<string, unknown>>) {
  const issues = definition.account.safeParse(settings).error?.issues ?? [];
  return issues.map(({ path, message }) => ({
    key: String(path[0] ?? 'account'),
    reason: message,
  }));
}
