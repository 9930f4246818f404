import type { ConfiguredConnector } from '../../../connectors/registry.ts';
import { CortexError } from '../../kernel/errors.ts';
import { plural } from '../../kernel/format.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok } from '../../warehouse/diagnosis/check.ts';
import { failedBy } from '../diagnosis/connection-checks.ts';
import type { ProjectSession } from '../session.ts';
import { connectorNames } from '../sync/read-connectors.ts';
import { configuredConnector } from './configured-connector.ts';

/** Whether the settings and credentials of each connector are there; with `asks`, whether its accounts answer. */
export async function* connectorFindings(
  session: ProjectSession,
  { asks } = { asks: session.flags.check },
): AsyncGenerator<Check> {
  for (const name of connectorNames(session)) {
    const connector = await configuredConnector(session, name);
    if (connector instanceof CortexError) {
      yield failedBy(connector, name, `correct \`connectors.${name}\` of the project file`);
    } else if (asks && connector?.platform !== undefined) {
      yield* answers(session, connector.platform);
    } else if (connector !== undefined) {
      yield ok(name, settingsText(connector));
    }
  }
}

function settingsText({ streams, platform }: ConfiguredConnector): string {
  if (platform === undefined) return plural(streams.length, 'stream');
  const accounts = plural(platform.accounts.length, 'account');
  return `${accounts} with credentials, not asked (\`--check\` asks)`;
}

async function* answers(
  session: ProjectSession,
  platform: NonNullable<ConfiguredConnector['platform']>,
): AsyncGenerator<Check> {
  const { askAccounts } = await import('../sync/check-accounts.ts');
  for (const answer of await askAccounts(session, [platform])) {
    const name = `${answer.place.platform} ${answer.place.accountId}`;
    if ('facts' in answer) yield ok(name, `answers as ${answer.facts.name}`);
    else {
      const { code, message, hint = 'run `cortex sync --check`' } = answer.problem;
      yield fail(name, `${code} ${message}`, hint);
    }
  }
}
