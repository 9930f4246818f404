import { cleaned, nonEmpty } from './text.ts';

export interface SplitName {
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** The first word, and the rest: `João da Silva Santos` is `João` and `da Silva Santos`. */
export function splitName(fullName: string | null | undefined): SplitName {
  const [first, ...rest] = cleaned(fullName)?.split(/\s+/) ?? [];
  return { first, last: rest.length === 0 ? undefined : rest.join(' ') };
}

/** ASCII punctuation and the typographic apostrophe. */
const PUNCTUATION = /[!-/:-@[-`{-~\u2019]/g;

/** Lower case without spaces and punctuation; accents stay (Meta, "Customer information parameters"). */
export function metaName(text: string): string | undefined {
  return nonEmpty(text.toLowerCase().replaceAll(/\s/g, '').replaceAll(PUNCTUATION, ''));
}

const HONORIFIC = /^(?:mr|mrs|ms|dr)(?:\.\s*|\s+|$)/;
const SUFFIX = /(?:,\s*|\s+)(?:jr|sr|2nd|3rd|ii|iii|iv|v|vi|cpa|dc|dds|vm|jd|md|phd)\.?$/;

/** Lower case without an English honorific (Data Manager API, "Format user data"). */
export function googleGivenName(text: string): string | undefined {
  return nonEmpty(text.toLowerCase().replace(HONORIFIC, '').trim());
}

/** Lower case without English suffixes. Neto, Filho and Júnior belong to a Brazilian name and stay. */
export function googleFamilyName(text: string): string | undefined {
  let name = text.toLowerCase();
  while (SUFFIX.test(name)) name = name.replace(SUFFIX, '').trim();
  return nonEmpty(name);
}
