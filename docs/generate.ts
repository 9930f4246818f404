/** Writes the pages that come from the code; with `--check` fails when one of them is stale. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jsonSchemas } from '../cli/project/json-schemas.ts';
import { sectionSchemas } from '../cli/commands/section-schemas.ts';
import { commandsPage } from './pages/commands-page.ts';
import { packManifest } from './pack/pack-manifest.ts';
import { credentialsPage } from './pages/credentials-page.ts';
import { dataDictionaryPages } from './pages/data-dictionary-page.ts';
import { errorsPage } from './pages/errors-page.ts';
import { onboardingPages } from './pages/onboarding-page.ts';
import { platformPages } from './pages/platform-page.ts';
import { macroLibraryPage } from './pages/macro-library-page.ts';
import { testLibraryPage } from './pages/test-library-page.ts';

const pages: Readonly<Record<string, string>> = {
  'cli.md': commandsPage(),
  'credentials.md': await credentialsPage(),
  'errors.md': errorsPage(),
  'macro-library.md': macroLibraryPage(),
  'test-library.md': testLibraryPage(),
  ...onboardingPages(),
  ...platformPages(),
  ...dataDictionaryPages(await packManifest()),
  ...Object.fromEntries(
    Object.entries(jsonSchemas(await sectionSchemas())).map(([name, schema]) => [
      `schemas/${name}`,
      `${JSON.stringify(schema, undefined, 2)}\n`,
    ]),
  ),
};

const isStale = ([name, text]: [string, string]): boolean => {
  const path = join(import.meta.dirname, name);
  return !existsSync(path) || readFileSync(path, 'utf8') !== text;
};

const stale = Object.entries(pages).filter(isStale);
if (process.argv.includes('--check')) {
  for (const [name] of stale) process.stderr.write(`docs/${name} is stale: run \`npm run docs\`\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [name, text] of stale) {
    const path = join(import.meta.dirname, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
