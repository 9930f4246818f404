import type { Span } from '../kernel/span.ts';
import type { Workspace } from './workspace.ts';
import { findDoc } from './environment.ts';
import { unknownDoc } from './messages.ts';

const DOC = /\{\{\s*doc\s*\(?\s*(["'])([^"']+)\1(?:\s*,?\s*(["'])([^"']+)\3)?\s*\)?\s*\}\}/g;

/** A description with the doc blocks that it asks for: `{{doc "name"}}`, `{{ doc('package', 'name') }}`. */
export function renderDescription(
  text: string,
  packageName: string,
  span: Span,
  workspace: Workspace,
): string {
  if (!text.includes('{{')) return text;
  return text.replace(DOC, (whole: string, ...groups: (string | undefined)[]) => {
    const [, first = '', , second] = groups;
    const name = second === undefined ? first : `${first}.${second}`;
    const block = findDoc(workspace.docs, name, packageName);
    if (block !== undefined) return block.text;
    const known = [...workspace.docs.values()].map((each) => each.name);
    workspace.diagnostics.push(unknownDoc(name, span, known));
    return whole;
  });
}
