import type { PlatformSettings } from './account-settings.ts';
import type { ClientChoices } from './client-choices.ts';
import { shippedProjectFile } from './pack-platforms.ts';

interface ProjectTextFacts extends ClientChoices {
  /** Of the project: letters, digits and underscores. */
  readonly name: string;
  /** As it was typed, for people. */
  readonly clientName: string;
  readonly settings: readonly PlatformSettings[];
}

/** `cortex_project.yml` of a client: accounts and targets of its own, and variables and models as they ship. */
export function projectText(facts: ProjectTextFacts): string {
  const { name, clientName, language, platforms, settings } = facts;
  return `# Cortex builds the figures of ${clientName} from this project. Values \${…} come from the environment or \`.env\`.
name: ${name}
version: 0.1.0

client:
  name: ${JSON.stringify(clientName)}
  code: ${name}
  # Of the shop's business day and its money: \`cortex sync\` says where a platform names others.
  timezone: America/Sao_Paulo
  currency: BRL
  locale: ${language}

target: local
targets:
  # A private server that Cortex starts by itself.
  local:
    type: local
    database: ${name}
    threads: 4
  # The server of the client: \`cortex setup --target prod\` makes its databases.
  prod:
    type: mysql
    host: \${DB_HOST}
    port: \${DB_PORT:-3306}
    user: \${DB_USER}
    password: \${DB_PASSWORD}
    database: ${name}
    threads: 4

test_paths: [tests/data]

# A user who may only read what is made for dashboards.
setup:
  dashboard:
    user: ${name.slice(0, 20)}_dashboard
    password: \${DASHBOARD_PASSWORD}

# \`cortex connect <platform>\` gets credentials step by step and keeps them outside of this file: the settings that
# it names then stand here no more. \`cortex sync --check\` proves all of them.
connectors:
${settings.map(connectorText).join('')}
# What the container of Tag Manager is written from: \`cortex tracking gtm\`.
tracking:
  ga4_id:
${platforms.ads.includes('meta_ads') ? '  meta_pixel_id:\n' : ''}${
    platforms.ads.includes('tiktok_ads') ? '  tiktok_pixel_code:\n' : ''
  }  consent_default: denied

${variablesAndModels(facts)}`;
}

function connectorText({ name, settings }: PlatformSettings): string {
  const lines = settings.map(({ setting, variable }) => `${setting}: "\${${variable}}"`);
  return `  ${name}:
    accounts:
      - ${lines.join('\n        ')}
`;
}

/** The end of the project file that ships, with the client's platforms and the project's name. */
function variablesAndModels({ name, platforms: { ecommerce, ads, analytics } }: ProjectTextFacts) {
  const shipped = shippedProjectFile();
  // Single sessions come from an export that a new client may not have: docs/onboarding.md says how to switch them on.
  const lists = { ecommerce, ads, analytics, sessions: [] };
  const text = Object.entries(lists).reduce(
    (before, [list, names]) =>
      replaced(
        before,
        new RegExp(`^  ${list}: \\[.*\\]$`, 'm'),
        `  ${list}: [${names.join(', ')}]`,
      ),
    shipped.slice(shipped.search(/^vars:/m)),
  );
  return replaced(text, /^models:\n {2}ecommerce:$/m, `models:\n  ${name}:`);
}

function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`the project file that ships lacks ${pattern}`);
  return text.replace(pattern, () => by);
}
