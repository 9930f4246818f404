import type { PlatformSettings } from './account-settings.ts';

/** `.env.example`: the variables that the chosen platforms and the target `prod` need, and no other. */
export function environmentText(platforms: readonly PlatformSettings[]): string {
  return `# Copy to .env, which stays out of git, and fill it in; the guide on credentials below docs/ says more.

# The client's database, for \`--target prod\`
DB_HOST=
DB_PORT=3306
DB_USER=
DB_PASSWORD=
# Of the user of the dashboards, whom \`cortex setup\` makes
DASHBOARD_PASSWORD=
${platforms.map(platformText).join('')}`;
}

function platformText({ label, settings }: PlatformSettings): string {
  const lines = settings.map(({ variable, instructions }) =>
    instructions === '' ? `${variable}=\n` : `# ${instructions}\n${variable}=\n`,
  );
  return `\n# ${label}\n${lines.join('')}`;
}
