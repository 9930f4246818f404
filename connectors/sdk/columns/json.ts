import type { Column } from '../columns.ts';
import type { SourceOrPath } from '../value-source.ts';
import { sourceOf } from '../value-source.ts';

/** A list or map as it is, for what has no columns of its own. */
export function json(source: SourceOrPath, description: string): Column {
  return {
    type: 'json',
    description,
    from: sourceOf(source),
    read: (value) => (value === undefined || value === null ? null : JSON.stringify(value)),
  };
}
