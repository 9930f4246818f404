import { join } from 'node:path';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { readText } from '../platform/fs.ts';
import type { FreeSection } from './project.ts';
import type { FREE_SECTIONS } from './project-config.ts';
import type { ConfigFile } from './read-config.ts';
import type { YamlValue } from './yaml.ts';
import { parseYaml, plainValue, valueOf } from './yaml.ts';

/** A part of the project file that is checked by what uses it. */
export function freeSection(
  file: ConfigFile,
  key: (typeof FREE_SECTIONS)[number],
): FreeSection | undefined {
  return sectionOf(valueOf(file.yaml, key), file.path);
}

function sectionOf(yaml: YamlValue | undefined, file: string): FreeSection | undefined {
  return yaml === undefined ? undefined : { value: plainValue(yaml), yaml, file };
}

/** `selectors:` of the project file, else of `selectors.yml` beside it. */
export function selectorsSection(
  root: ConfigFile,
  directory: string,
  diagnostics: Diagnostic[],
): FreeSection | undefined {
  const own = freeSection(root, 'selectors');
  if (own !== undefined) return own;
  for (const name of ['selectors.yml', 'selectors.yaml']) {
    const text = readText(join(directory, name));
    if (text === undefined) continue;
    const parsed = parseYaml(text, name);
    diagnostics.push(...parsed.diagnostics);
    return sectionOf(valueOf(parsed.value, 'selectors'), name);
  }
  return undefined;
}
