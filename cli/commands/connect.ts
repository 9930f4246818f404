import { relative } from 'node:path';
import { findPlatform, platformNames } from '../../connectors/registry.ts';
import { checkAccounts } from '../../connectors/runner/connect/check-accounts.ts';
import { exchangeCredentials } from '../../connectors/runner/connect/exchange-credentials.ts';
import { keepCredentials } from '../../connectors/runner/connect/keep-credentials.ts';
import {
  credentialsFolder,
  credentialsPath,
} from '../../connectors/runner/credentials/credentials-file.ts';
import { openHttpWorld } from '../../connectors/runner/http/open-http-world.ts';
import type { HttpWorld } from '../../connectors/runner/http/http-world.ts';
import type { AccountFacts, PlatformDefinition } from '../../connectors/sdk/definition.ts';
import { CortexError } from '../kernel/errors.ts';
import { yamlText } from '../project/yaml.ts';
import { accountSettings } from './connect/account-settings.ts';
import { askSteps } from './connect/answers.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { badFlagValue, platformNotFound } from './messages.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import { accountEvents } from './sync/account-events.ts';
import { printRows } from './sync/print-rows.ts';

/**
 * `cortex connect nuvemshop`: walks through the steps of a platform, trades what was typed for credentials, keeps them
 * outside of the repository, proves them by one cheap call, and says what to write into the project file.
 */
export const connect: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { clock, signal } = session.world;
    const { origin } = session.flags;
    if (origin !== undefined && !(/^https?:\/\//.test(origin) && URL.canParse(origin))) {
      const wanted = 'an address such as `http://127.0.0.1:4010`';
      throw new CortexError([badFlagValue('--origin', origin, wanted)]);
    }
    const definition = await platformNamed(session, invocation.arguments[0] ?? '');
    await using http = await openHttpWorld({ clock, signal, random: Math.random });
    return await connectAccount(session, definition, http);
  });

async function platformNamed(session: ProjectSession, name: string): Promise<PlatformDefinition> {
  const platform = session.check(await findPlatform(name, session.project));
  if (platform === undefined) throw new CortexError([platformNotFound(name, platformNames)]);
  return platform;
}

async function connectAccount(
  session: ProjectSession,
  definition: PlatformDefinition,
  http: HttpWorld,
): Promise<number> {
  const { directory, clientCode } = session.project;
  const { origin } = session.flags;
  const answers = await askSteps(session, definition.name, definition.connect.steps);
  const onEvent = accountEvents(session);
  const given = await exchangeCredentials(definition, http, { answers, origin, onEvent });
  const { parsed, written } = await accountSettings(session, definition, given);
  const id = definition.accountId(parsed);
  const folder = credentialsFolder(directory, clientCode);
  // Before the proof: a code works once, and what it gave must not be lost with a connection.
  const path = keepCredentials(definition, folder, id, given);
  const account = {
    id,
    settings: parsed,
    origin,
    credentialsPath: credentialsPath(folder, definition.name, id),
    span: session.project.span,
  };
  const platform = {
    definition,
    streams: [],
    startDate: undefined,
    place: { database: '', tablePrefix: '' },
    accounts: [account],
  };
  const [check] = await checkAccounts(http, [platform], onEvent);
  if (check === undefined || 'problem' in check) {
    session.report(check === undefined ? [] : [check.problem]);
    return EXIT.failed;
  }
  tell(session, { definition, id, facts: check.facts, path: relative(directory, path), written });
  return EXIT.good;
}

interface Connected {
  readonly definition: PlatformDefinition;
  readonly id: string;
  readonly facts: AccountFacts;
  /** Of the credentials, below the project. */
  readonly path: string;
  readonly written: Readonly<Record<string, unknown>>;
}

function tell(session: ProjectSession, { definition, id, facts, path, written }: Connected): void {
  const { name, timeZone, currency } = facts;
  const row = { platform: definition.name, account: id, name, time_zone: timeZone, currency };
  printRows(session, Object.keys(row), [row]);
  session.note(
    `\nThe credentials are in ${path}, which only you can read; keep it out of the repository.`,
  );
  session.note('Where it cannot be, such as in CI, write these settings instead:');
  for (const { name: variable, setting } of definition.connect.variables) {
    session.note(`  ${setting}: \${${variable}}`);
  }
  session.note(`\nWrite into cortex_project.yml, and try \`cortex sync ${definition.name}\`:\n`);
  const connectors = { [definition.name]: { accounts: [written] } };
  session.note(yamlText({ connectors }));
}
