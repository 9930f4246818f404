import type { Manifest } from '../../manifest/manifest.ts';
import type { Relation } from '../../manifest/relation.ts';
import { relationKey } from '../../manifest/relation.ts';
import type { GivenFlags, Invocation } from '../invocation.ts';
import { COMMANDS } from '../commands.ts';
import type { FlagKey } from '../flags.ts';

/** Selections of what depends on some relations: sources with all below them, models with themselves. */
export function dependants({ nodes }: Manifest, relations: readonly Relation[]): readonly string[] {
  const wanted = new Set(relations.map(relationKey));
  return [...nodes.values()].flatMap((node) => {
    if (node.resourceType !== 'source' && node.resourceType !== 'model') return [];
    if (!wanted.has(relationKey(node.relation))) return [];
    return node.resourceType === 'source'
      ? [`source:${node.sourceName}.${node.name}+`]
      : [`${node.name}+`];
  });
}

/** Builds what was selected from nothing, as `cortex build --full-refresh` does; answers with its exit code. */
export async function rebuild(
  { given, world }: Invocation,
  select: readonly string[],
): Promise<number> {
  const command = COMMANDS.find(({ name }) => name === 'build');
  if (command === undefined) throw new Error('no command build');
  const body = await command.load();
  const inherited = Object.entries(given).filter(
    ([key]) => key !== 'json' && command.flags.includes(key as FlagKey),
  );
  const flags: GivenFlags = {
    ...Object.fromEntries(inherited),
    quiet: true,
    fullRefresh: true,
    wait: true,
    select,
  };
  return body({ command, given: flags, arguments: [], world });
}
