import type { ResourceType } from '../manifest/node-id.ts';
import type { SelectingCommand, SelectionRequest } from './selection.ts';

const RUNNABLE: readonly ResourceType[] = [
  'model',
  'snapshot',
  'seed',
  'test',
  'analysis',
  'operation',
  'function',
];

const LISTED: readonly ResourceType[] = [
  'model',
  'snapshot',
  'seed',
  'test',
  'unit_test',
  'source',
  'exposure',
  'metric',
  'saved_query',
  'semantic_model',
  'function',
];

/** What each command keeps of what is selected. */
const KEPT: Readonly<Record<SelectingCommand, readonly ResourceType[]>> = {
  build: ['model', 'snapshot', 'seed', 'test', 'unit_test', 'saved_query', 'exposure', 'function'],
  run: ['model'],
  test: ['test', 'unit_test'],
  seed: ['seed'],
  snapshot: ['snapshot'],
  compile: RUNNABLE,
  show: RUNNABLE,
  docs: RUNNABLE,
  clone: ['model', 'seed', 'snapshot'],
  freshness: ['source'],
  ls: LISTED,
};

/** Types that a command takes only when they are asked for. */
const ON_REQUEST: Readonly<Partial<Record<SelectingCommand, readonly ResourceType[]>>> = {
  ls: ['analysis'],
};

/** The types that a request keeps: those of its command, cut by `--resource-type` and its opposite. */
export function keptTypes(request: SelectionRequest): ReadonlySet<ResourceType> {
  if (request.models !== undefined) return new Set<ResourceType>(['model']);
  const own = KEPT[request.command];
  const possible = [...own, ...(ON_REQUEST[request.command] ?? [])];
  const wanted = request.resourceTypes;
  const isNamed = wanted !== undefined && wanted.length > 0;
  const kept = isNamed ? possible.filter((type) => wanted.includes(type)) : own;
  return new Set(kept.filter((type) => request.excludeResourceTypes?.includes(type) !== true));
}

/** Models without SQL are listed and documented, never run. */
export function keepsBlank(command: SelectingCommand): boolean {
  return command === 'ls' || command === 'docs';
}
