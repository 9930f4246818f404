import type { ChildTable, Stream } from '../../sdk/definition.ts';
import { pathSteps } from '../../sdk/value-source.ts';

/** Names of a record's own fields that a column, a child table or a rule about personal data is about. */
export function knownFields(stream: Stream): ReadonlySet<string> {
  const paths = [
    ...columnPaths(stream, ['record']),
    ...(stream.children ?? []).flatMap(childPaths),
    ...(stream.pii ?? []).map(({ path }) => path),
  ];
  return new Set(
    paths.flatMap((path) =>
      pathSteps(path)
        .slice(0, 1)
        .map(({ key }) => key),
    ),
  );
}

function childPaths(child: ChildTable): readonly string[] {
  return [child.path, ...columnPaths(child, ['parent'])];
}

function columnPaths(
  { columns }: Pick<Stream, 'columns'>,
  sources: readonly string[],
): readonly string[] {
  return Object.values(columns).flatMap(({ from }) =>
    from.of !== 'value' && sources.includes(from.of) ? [from.path] : [],
  );
}
