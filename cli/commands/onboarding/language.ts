import type { Project } from '../../project/project.ts';

/** A text in the languages of the guides. */
export interface Words {
  readonly en: string;
  readonly pt: string;
}

export type Language = keyof Words;

/** Portuguese for clients of a Portuguese locale, else English. */
export function languageOf({ client }: Pick<Project, 'client'>): Language {
  return /^pt\b/i.test(client.locale) ? 'pt' : 'en';
}
