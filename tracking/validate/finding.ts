import type { Code } from '../../cli/kernel/codes.ts';
import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../cli/kernel/diagnostic.ts';
import { subjectOf } from '../../cli/project/validate.ts';
import type { YamlPath, YamlValue } from '../../cli/project/yaml.ts';
import { spanAt } from '../../cli/project/yaml.ts';

/** Something wrong at a place of a checked file. */
export interface Finding {
  readonly code: Code;
  /** The JSON path: `['containerVersion', 'tag', 2, 'name']`. */
  readonly path: YamlPath;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** A file that was read, for the places of what is found in it. */
export interface CheckedFile {
  readonly yaml: YamlValue;
  readonly file: string;
}

/** The JSON path stands beside the line: in reports for people and for machines. */
export function toDiagnostic({ code, path, message, hint }: Finding, at: CheckedFile): Diagnostic {
  return diagnostic(code, message, {
    span: spanAt(at.yaml, path, at.file),
    notes: [`JSON path: ${pathText(path)}`],
    hint,
  });
}

/** `containerVersion.tag[2].name`; `$` for the whole file. */
export function pathText(path: YamlPath): string {
  return path.length === 0 ? '$' : subjectOf(path).replaceAll('`', '');
}
