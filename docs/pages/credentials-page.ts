import { loadPlatform, platformNames } from '../../connectors/registry.ts';
import type { PlatformDefinition } from '../../connectors/sdk/definition.ts';

/** `docs/credentials.md`: where each value of each platform comes from, from the steps of `cortex connect`. */
export async function credentialsPage(): Promise<string> {
  const platforms = await Promise.all(platformNames.map(loadPlatform));
  return [
    '# Credentials',
    '',
    'Written from the code by `npm run docs`. [Em português](pt-BR/credenciais.md).',
    '',
    '`cortex connect <platform>` asks for these values in this order, trades them for credentials, proves them by one',
    'call and keeps what is secret in `.cortex/credentials` (mode 600), outside of the repository. Where such a file cannot',
    'be, as in CI, the settings of the account name environment variables instead, which may stand in `.env`. Without a',
    'terminal the answers come from the environment too: `CORTEX_CONNECT_CLIENT_ID` for `client_id`.',
    '',
    ...platforms.flatMap((platform) => (platform === undefined ? [] : section(platform))),
  ].join('\n');
}

function section({ name, label, connect }: PlatformDefinition): string[] {
  return [
    `## ${label}`,
    '',
    '```',
    `cortex connect ${name}`,
    '```',
    '',
    '| value | | where it comes from |',
    '|---|---|---|',
    ...connect.steps.map(
      ({ key, question, instructions, isSecret }) =>
        `| \`${key}\` | ${cell(question)}${isSecret ? ' (secret)' : ''} | ${cell(instructions)} |`,
    ),
    '',
    `Settings that may be environment variables: ${connect.variables
      .map(({ name: variable, setting }) => `\`${setting}: \${${variable}}\``)
      .join(', ')}.`,
    '',
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
