import type { Language } from './client-choices.ts';

/** `README.md` of a client's project. */
export function readme(clientName: string, language: Language): string {
  return language === 'pt-BR' ? portuguese(clientName) : english(clientName);
}

const COMMANDS = `\`\`\`
npx cortex sync --check
npx cortex setup --target prod
npx cortex backfill
npx cortex build --sync
npx cortex source freshness
\`\`\`
`;

function english(name: string): string {
  return `# ${name}

The figures of ${name}, built with Cortex Analytics.

1. Copy \`.env.example\` to \`.env\` and fill it in (\`docs/credentials.md\`).
2. Run, in this order:

${COMMANDS}
\`docs/onboarding.md\` is the plan by week. \`cortex schema\` writes the
schemas by which an editor checks the YAML files.
`;
}

function portuguese(name: string): string {
  return `# ${name}

Os números de ${name}, construídos com Cortex Analytics.

1. Copie \`.env.example\` para \`.env\` e preencha (\`docs/pt-BR/credenciais.md\`).
2. Execute, nesta ordem:

${COMMANDS}
\`docs/pt-BR/onboarding.md\` é o plano por semana. \`cortex schema\` escreve os
esquemas com que o editor confere os arquivos YAML.
`;
}
