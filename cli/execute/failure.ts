import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { CortexError } from '../kernel/errors.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import type { ErrorContext } from '../warehouse/describe-error.ts';
import { describeDatabaseError } from '../warehouse/describe-error.ts';
import type { StepSession } from './step-session.ts';

/** What a message about a refused statement may name. */
export type FailureFacts = Pick<ErrorContext, 'columns' | 'tables' | 'notes'>;

/** What failed in the user's terms, pointing at the template that wrote the refused statement. */
export function describeFailure(
  error: unknown,
  node: ManifestNode,
  session: StepSession | undefined,
  facts: FailureFacts = {},
): readonly Diagnostic[] {
  if (error instanceof CortexError) {
    return error.diagnostics.map((found) => ({ ...found, node: found.node ?? node.id }));
  }
  if (error instanceof DatabaseError) {
    const statement = session?.lastStatement ?? generatedSql(error.sql);
    const span = isBuilt(node) ? undefined : node.span;
    return [
      describeDatabaseError(error, statement, { node: node.id, file: node.path, span, ...facts }),
    ];
  }
  const words = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && error.stack !== undefined ? [error.stack] : [];
  return [
    diagnostic('CX9001', `building \`${node.name}\` failed: ${words}`, {
      node: node.id,
      notes: stack,
    }),
  ];
}

/** Models and seeds answer with their own file; a properties file may declare them elsewhere. */
function isBuilt({ resourceType }: ManifestNode): boolean {
  return resourceType === 'model' || resourceType === 'seed';
}
