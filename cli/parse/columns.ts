import type { ColumnProperties } from '../manifest/node.ts';
import type { NodeDeclaration } from '../project/properties/declarations.ts';
import type { ProjectFile } from '../project/project.ts';
import { renderDescription } from './descriptions.ts';
import { duplicateProperties } from './messages.ts';
import type { Workspace } from './workspace.ts';
import { spanOf } from './workspace.ts';

/** The columns that a declaration describes. */
export function columnsOf(
  declaration: NodeDeclaration | undefined,
  file: ProjectFile | undefined,
  workspace: Workspace,
): readonly ColumnProperties[] {
  if (declaration === undefined || file === undefined) return [];
  const seen = new Map<string, ColumnProperties>();
  for (const column of declaration.columns) {
    const span = spanOf(file, column.range);
    const first = seen.get(column.name);
    if (first?.span !== undefined) {
      const name = `${declaration.name}.${column.name}`;
      workspace.diagnostics.push(duplicateProperties('column', name, first.span, span));
      continue;
    }
    seen.set(column.name, {
      name: column.name,
      description: renderDescription(column.description, file.packageName, span, workspace),
      ...(column.dataType === undefined ? {} : { dataType: column.dataType }),
      meta: column.meta,
      tags: column.tags,
      constraints: column.constraints,
      span,
    });
  }
  return [...seen.values()];
}
