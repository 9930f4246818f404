import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { filesBelow, readText } from '../../platform/fs.ts';
import { installationDirectory } from '../../platform/installation.ts';
import type { Language } from './client-choices.ts';

const ENGLISH = [
  'docs/credentials.md',
  'docs/data-dictionary.md',
  'docs/onboarding.md',
  'docs/tracking',
];
const GUIDES: Readonly<Record<Language, readonly string[]>> = {
  en: ENGLISH,
  'pt-BR': ['docs/pt-BR'],
};

/** The guides for people who work on a client, in its language, by their paths in the project. */
export function guides(language: Language): Readonly<Record<string, string>> {
  const root = installationDirectory();
  const paths = GUIDES[language].flatMap((path) =>
    path.endsWith('.md')
      ? [path]
      : filesBelow(join(root, path)).map(({ relativePath }) => `${path}/${relativePath}`),
  );
  const there = new Set(paths.filter((path) => existsSync(join(root, path))));
  return Object.fromEntries(
    [...there].map((path) => [
      path,
      withoutLostLinks(path, readText(join(root, path)) ?? '', there),
    ]),
  );
}

/** A link to a page that does not come along becomes its words. */
function withoutLostLinks(path: string, text: string, there: ReadonlySet<string>): string {
  return text.replaceAll(
    /\[([^\]]*)\]\(([^)#\s]+)(#[^)]*)?\)/g,
    (link, words: string, target: string) => {
      const isKept = /^[a-z]+:/.test(target) || there.has(posix.join(posix.dirname(path), target));
      return isKept ? link : words;
    },
  );
}
