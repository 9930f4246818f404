import type { Manifest } from '../../manifest/manifest.ts';
import type { Database } from '../../warehouse/database.ts';
import type { ProjectSession } from '../session.ts';
import type { Words } from './language.ts';

/** In the order of a client's first weeks. */
export const WEEKS = ['discovery', 'tracking', 'integration', 'delivery', 'after'] as const;
export type Week = (typeof WEEKS)[number];

/** What a look at the real state shows. */
export interface Seen {
  /** `unconfirmed`: as far as can be seen it is done, and a person has to say so. */
  readonly state: 'done' | 'open' | 'unconfirmed';
  /** What was found, or what is missing and what to do. */
  readonly words: Words;
}

/** What may be looked at. */
export interface Sight {
  readonly session: ProjectSession;
  readonly manifest: Manifest;
  /** In which something was run. */
  readonly database: Database;
}

/** Looks at the project alone, at its accounts, or at what was run in the database. */
export type Look =
  | { readonly at: 'project' | 'accounts'; see(session: ProjectSession): Promise<Seen> | Seen }
  | { readonly at: 'state'; see(sight: Sight): Promise<Seen> };

/** One line of the checklist. */
export interface ChecklistItem {
  /** What people type: `paid-orders`. */
  readonly id: string;
  readonly week: Week;
  readonly task: Words;
  /** A page of the guides, relative to the guide of its language. */
  readonly guide?: Words;
  /** Absent for what only people know. */
  readonly look?: Look;
  /** Absent for what is not ticked. `everyDays`: a tick counts so long. */
  readonly byHand?: { readonly everyDays?: number };
  /** False where the project has no use for it. */
  applies?(session: ProjectSession): boolean;
}

export function done(en: string, pt: string): Seen {
  return { state: 'done', words: { en, pt } };
}

export function open(en: string, pt: string): Seen {
  return { state: 'open', words: { en, pt } };
}
