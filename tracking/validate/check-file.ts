import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../cli/kernel/diagnostic.ts';
import type { Outcome } from '../../cli/kernel/outcome.ts';
import { outcome } from '../../cli/kernel/outcome.ts';
import { parseYaml, plainValue } from '../../cli/project/yaml.ts';
import type { TrackingPlan } from '../plan/schema.ts';
import { checkContainer } from './check-container.ts';
import { checkPushes } from './check-pushes.ts';
import type { CheckedFile, Finding } from './finding.ts';
import { toDiagnostic } from './finding.ts';
import type { Fields } from './values.ts';
import { isFields } from './values.ts';

/** What was checked, for the verdict. `undefined`: the file is neither. */
export type CheckedKind = 'container' | 'pushes' | undefined;

/**
 * Checks the text of a container file or of a list of pushes (one push counts as a list of one). Diagnostics carry
 * the line and the JSON path of each problem; `file` is what they are placed in.
 */
export function checkFile(text: string, file: string, plan: TrackingPlan): Outcome<CheckedKind> {
  const syntax = syntaxProblem(text, file);
  if (syntax !== undefined) return outcome(undefined, [syntax]);
  const yaml = parseYaml(jsonText(text), file).value;
  const value = yaml && plainValue(yaml);
  if (yaml === undefined) return outcome(undefined, [neither(file)]);
  const found = findingsIn(value, plan);
  if (found === undefined) return outcome(undefined, [neither(file)]);
  const at: CheckedFile = { yaml, file };
  return outcome(
    found.kind,
    found.findings.map((finding) => toDiagnostic(finding, at)),
  );
}

function findingsIn(
  value: unknown,
  plan: TrackingPlan,
): { readonly kind: CheckedKind; readonly findings: readonly Finding[] } | undefined {
  if (isContainer(value)) return { kind: 'container', findings: checkContainer(value) };
  if (isFields(value) && isPush(value)) {
    return { kind: 'pushes', findings: checkPushes([{ fields: value, path: [] }], plan) };
  }
  if (!Array.isArray(value) || !value.some(isPush)) return undefined;
  const pushes = value.flatMap((item: unknown, index) =>
    isFields(item) ? [{ fields: item, path: [index] }] : [],
  );
  return { kind: 'pushes', findings: checkPushes(pushes, plan) };
}

function isContainer(value: unknown): value is Fields {
  return isFields(value) && ('containerVersion' in value || 'exportFormatVersion' in value);
}

function isPush(value: unknown): boolean {
  return isFields(value) && ('event' in value || 'ecommerce' in value);
}

/** Tabs between values count as indentation to the reader that knows places; inside of texts JSON has none. */
function jsonText(text: string): string {
  return text.replaceAll('\t', ' ');
}

/** The first mistake of the JSON, at its place. */
function syntaxProblem(text: string, file: string): Diagnostic | undefined {
  const detail = complaintAbout(text);
  if (detail === undefined) return undefined;
  const named = /position (\d+)/.exec(detail)?.[1];
  const start = named === undefined ? firstBadCharacter(text) : Number(named);
  const sentence = detail
    .replace(/ in JSON at position \d+.*$| at position \d+.*$|, ".*$|, \.\.\..*$/s, '')
    .replace(/^./, (letter) => letter.toLowerCase());
  return diagnostic('CX8205', `this JSON cannot be read: ${sentence}`, {
    span: { file, start, end: start + 1 },
    hint: 'export the file again, or mend it at the place shown',
  });
}

function complaintAbout(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Node names the unexpected character and not its place: that is the end of the shortest beginning with it. */
function firstBadCharacter(text: string): number {
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (complaintAbout(text.slice(0, middle))?.startsWith('Unexpected token') === true)
      bad = middle;
    else good = middle;
  }
  return Math.max(0, bad - 1);
}

function neither(file: string): Diagnostic {
  return diagnostic('CX8204', `\`${file}\` is neither a container nor a list of pushes`, {
    span: { file, start: 0, end: 0 },
    hint: 'give an export of Tag Manager, or a JSON list of what `dataLayer` holds',
  });
}
