import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../cli/kernel/diagnostic.ts';
import { didYouMean } from '../../cli/kernel/suggest.ts';
import type { YamlPath, YamlValue } from '../../cli/project/yaml.ts';
import { spanAt } from '../../cli/project/yaml.ts';

interface Place {
  readonly yaml: YamlValue;
  readonly path: YamlPath;
  readonly file: string;
}

export function eventOfUnknownKey(key: string, known: readonly string[], place: Place): Diagnostic {
  return diagnostic('CX8201', `\`${key}\` is no parameter of the event dictionary`, {
    span: spanAt(place.yaml, place.path, place.file),
    hint: didYouMean(key, known) ?? 'declare it under `parameters` with its type',
  });
}

export function missingParameter(key: string, place: Place): Diagnostic {
  return diagnostic('CX8201', `\`${key}\` is required and not one of the event's parameters`, {
    span: spanAt(place.yaml, place.path, place.file),
    hint: 'name it under `parameters` of the event as well',
  });
}

/** For the bug of a package whose dictionary is missing or broken. */
export function repositoryDictionary(path: string): string {
  return `the event dictionary of the package cannot be read: ${path}`;
}
