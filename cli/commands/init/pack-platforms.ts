import { join } from 'node:path';
import { CortexError } from '../../kernel/errors.ts';
import { readText } from '../../platform/fs.ts';
import { installationDirectory } from '../../platform/installation.ts';
import { parseYaml, plainValue, valueOf } from '../../project/yaml.ts';
import { platformNotFound } from '../messages.ts';

/** Lists of platforms among the variables of the pack. */
export const PLATFORM_LISTS = ['ecommerce', 'ads', 'analytics'] as const;
export type PlatformList = (typeof PLATFORM_LISTS)[number];

/** The project file of the model pack, as it ships. */
export function shippedProjectFile(): string {
  const path = join(installationDirectory(), 'cortex_project.yml');
  const text = readText(path);
  if (text === undefined) throw new Error(`${path} cannot be read`);
  return text;
}

/** The platforms that the pack models, by kind: the project file that ships switches all of them on. */
export function packPlatforms(): Readonly<Record<PlatformList, readonly string[]>> {
  const { value } = parseYaml(shippedProjectFile(), 'cortex_project.yml');
  const namesOf = (list: PlatformList): readonly string[] => {
    const found = valueOf(valueOf(value, 'vars'), list);
    return found === undefined ? [] : (plainValue(found) as readonly string[]);
  };
  return { ecommerce: namesOf('ecommerce'), ads: namesOf('ads'), analytics: namesOf('analytics') };
}

/** `meta_ads` is `meta` on the command line too. */
export function shortName(platform: string): string {
  return platform.replace(/_ads$/, '');
}

/** Platforms by what people type: `meta, google_ads`. Throws CX7014, with the nearest name, for one that is not known. */
export function namedPlatforms(
  texts: readonly string[],
  known: readonly string[],
): readonly string[] {
  const words = texts.flatMap((text) => text.split(/[\s,]+/)).filter((word) => word !== '');
  const names = words.map((word) => {
    const name = word.toLowerCase().replaceAll('-', '_');
    const found = known.find((platform) => name === platform || name === shortName(platform));
    if (found === undefined) throw new CortexError([platformNotFound(word, known.map(shortName))]);
    return found;
  });
  return known.filter((platform) => names.includes(platform));
}
