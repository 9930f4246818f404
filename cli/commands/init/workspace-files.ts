import { cortexVersion } from '../../platform/version.ts';

/** `.gitignore`: what a run leaves behind, and all that is secret. */
export const GITIGNORE = 'node_modules/\ntarget/\n.cortex/\n.env\n';

/**
 * `.github/workflows/cortex.yml`: every change is built and tested on a private server, over raw tables without a row:
 * it needs no secret.
 */
export const WORKFLOW = `name: cortex
on:
  push:
    branches: [main]
  pull_request:

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm install --no-audit --no-fund
      - run: npx cortex parse
      - run: npx cortex server install
      - run: npx cortex sync --tables-only
      - run: npx cortex build
      - run: npx cortex test
`;

/** Editors check and complete YAML by the schemas that `cortex schema` writes. */
export const EDITOR_FILES: Readonly<Record<string, string>> = {
  '.vscode/settings.json': jsonText({
    'yaml.schemas': {
      '.cortex/schemas/cortex_project.schema.json': 'cortex_project.yml',
      '.cortex/schemas/client.schema.json': 'clients/*.yml',
      '.cortex/schemas/properties.schema.json': [
        'models/**/*.yml',
        'seeds/**/*.yml',
        'sources/**/*.yml',
        'macros/**/*.yml',
      ],
    },
    'files.associations': { 'models/**/*.sql': 'sql', 'macros/**/*.sql': 'sql' },
  }),
  '.vscode/extensions.json': jsonText({ recommendations: ['redhat.vscode-yaml'] }),
};

/** `package.json` that pins this version of Cortex, where there is none. */
export function packageText(name: string): string {
  return jsonText({
    name: name.replaceAll('_', '-').toLowerCase(),
    private: true,
    devDependencies: { 'cortex-analytics': cortexVersion() },
  });
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
