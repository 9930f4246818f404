import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { DocBlock } from '../manifest/manifest.ts';
import type { ProjectFile } from '../project/project.ts';
import { brokenDocBlock } from './messages.ts';

const TAG = /\{%-?\s*(?:docs\s+([A-Za-z_][A-Za-z0-9_]*)|(enddocs))\s*-?%\}/g;

/** The `{% docs name %} … {% enddocs %}` blocks of a Markdown file. */
export function docBlocks(
  text: string,
  file: ProjectFile,
  diagnostics: Diagnostic[],
): readonly DocBlock[] {
  const blocks: DocBlock[] = [];
  let open: { name: string; start: number; end: number } | undefined;
  for (const match of text.matchAll(TAG)) {
    const span = { file: file.path, start: match.index, end: match.index + match[0].length };
    const name = match[1];
    if (name !== undefined && open !== undefined) {
      diagnostics.push(
        brokenDocBlock(`doc block \`${name}\` begins inside \`${open.name}\``, span),
      );
    } else if (name !== undefined) {
      open = { name, start: span.start, end: span.end };
    } else if (open === undefined) {
      diagnostics.push(brokenDocBlock('`{% enddocs %}` ends no doc block', span));
    } else {
      const body = text.slice(open.end, span.start).trim();
      blocks.push({
        name: open.name,
        packageName: file.packageName,
        path: file.packagePath,
        text: body,
      });
      open = undefined;
    }
  }
  if (open !== undefined) {
    const span = { file: file.path, start: open.start, end: open.end };
    diagnostics.push(brokenDocBlock(`doc block \`${open.name}\` does not end`, span));
  }
  return blocks;
}
