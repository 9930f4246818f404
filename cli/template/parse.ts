import type { Outcome } from '../kernel/outcome.ts';
import { InternalError } from '../kernel/errors.ts';
import type { Template } from './syntax.ts';

export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Parses a template. `offset` is where its text begins inside the file (0 for a whole file), for
 * templates inside YAML. A template that cannot be parsed gives `undefined` and CX2001 diagnostics.
 */
export function parseTemplate(_file: TemplateFile, _offset = 0): Outcome<Template | undefined> {
  throw new InternalError('signature only');
}
