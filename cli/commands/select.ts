import { resolve } from 'node:path';
import type { Graph } from '../graph/graph.ts';
import { selectNodes } from '../graph/select-nodes.ts';
import { selectionTexts } from '../graph/selection-arguments.ts';
import type { SelectingCommand, Selection, SelectionRequest } from '../graph/selection.ts';
import type { NodeId, ResourceType } from '../manifest/node-id.ts';
import { RESOURCE_TYPES } from '../manifest/node-id.ts';
import { shortName } from '../report/lines.ts';
import type { Flags } from './flags.ts';
import { readState } from './read-state.ts';
import type { ProjectSession } from './session.ts';

/** The nodes that the flags select for a command. */
export async function select(
  session: ProjectSession,
  graph: Graph,
  command: SelectingCommand,
): Promise<Selection> {
  const request = await selectionRequest(session, command);
  session.texts.add(selectionTexts(request));
  return session.check(selectNodes(graph, request));
}

async function selectionRequest(
  session: ProjectSession,
  command: SelectingCommand,
): Promise<SelectionRequest> {
  const { flags, project, world } = session;
  const state =
    flags.state === undefined
      ? {}
      : readState(resolve(world.directory, flags.state), session.targetFile());
  const changed = flags.dirty ? await changedPaths(project.directory) : {};
  const resourceTypes = typesOf(flags.resourceType);
  const excludeResourceTypes = typesOf(flags.excludeResourceType);
  return {
    command,
    ...includedBy(flags, command),
    ...(flags.exclude.length > 0 ? { exclude: flags.exclude } : {}),
    ...(flags.selector === undefined ? {} : { selector: flags.selector }),
    selectors: await definitions(session),
    indirectSelection: flags.indirectSelection,
    ...(resourceTypes === undefined ? {} : { resourceTypes }),
    ...(excludeResourceTypes === undefined ? {} : { excludeResourceTypes }),
    ...state,
    ...changed,
    now: world.clock.now(),
  };
}

/** `--models` lists models only for `ls`; elsewhere it is another name of `--select`. */
function includedBy(
  flags: Pick<Flags, 'select' | 'models' | 'dirty'>,
  command: SelectingCommand,
): Pick<SelectionRequest, 'select' | 'models'> {
  if (command === 'ls' && flags.models.length > 0) {
    return { models: flags.models, ...(flags.select.length > 0 ? { select: flags.select } : {}) };
  }
  const parts = [...flags.select, ...flags.models];
  if (!flags.dirty) return parts.length > 0 ? { select: parts } : {};
  const words = parts.flatMap((part) => part.split(' ')).filter((part) => part !== '');
  return { select: words.length > 0 ? words.map((word) => `${word},changed:*+`) : ['changed:*+'] };
}

async function changedPaths(directory: string): Promise<Pick<SelectionRequest, 'changedPaths'>> {
  const { changedFiles } = await import('../platform/git.ts');
  return { changedPaths: await changedFiles(directory) };
}

async function definitions(
  session: ProjectSession,
): Promise<NonNullable<SelectionRequest['selectors']>> {
  const section = session.project.selectors;
  if (section === undefined) return new Map();
  const { parseSelectors } = await import('../graph/parse-selectors.ts');
  const { spanAt } = await import('../project/yaml.ts');
  return session.check(
    parseSelectors(section.value, (path) => spanAt(section.yaml, [...path], section.file)),
  );
}

/** `all` cuts nothing. */
function typesOf(words: readonly string[]): readonly ResourceType[] | undefined {
  if (words.length === 0 || words.includes('all')) return undefined;
  return RESOURCE_TYPES.filter((type) => words.includes(type));
}

/** One line a node: what brought it. For `--explain-selection`. */
function explanationLines(selection: Selection): string[] {
  const width = Math.max(0, ...[...selection.ids].map((id) => shownId(id).length));
  return [...selection.ids].map((id) => {
    const reasons = selection.explanation(id).map(({ atom, how }) => `${HOW[how]} ${atom}`);
    return `${shownId(id).padEnd(width)}  ${reasons.length === 0 ? 'selected by default' : reasons.join('; ')}`;
  });
}

const HOW = {
  match: 'matches',
  parent: 'is above',
  child: 'is below',
  around: 'is around',
  test: 'tests what is selected by',
} as const;

function shownId(id: NodeId): string {
  return `${id.split('.', 1)[0]} ${shortName(id)}`;
}

/** Prints why each node is selected, when that was asked for; true when the command is done with that. */
export function explained(session: ProjectSession, selection: Selection): boolean {
  if (!session.flags.explainSelection) return false;
  for (const line of explanationLines(selection)) session.print(line);
  return true;
}
