import type { TemplateEnvironment } from '../environment.ts';
import type { Helper } from '../helper.ts';
import { listHelpers } from './lists.ts';
import { logicHelpers } from './logic.ts';
import { config, doc, environmentVariable, variable } from './project.ts';
import { changedRows, ref, source } from './references.ts';
import { textHelpers } from './text.ts';

/** Every helper by name. */
export const HELPERS: ReadonlyMap<string, Helper> = new Map(
  [
    ref,
    source,
    changedRows,
    config,
    variable,
    environmentVariable,
    doc,
    ...logicHelpers,
    ...listHelpers,
    ...textHelpers,
  ].map((helper) => [helper.name, helper]),
);

/** Names that mean something everywhere and take no arguments. */
export const GLOBALS: ReadonlyMap<string, (environment: TemplateEnvironment) => unknown> = new Map([
  ['is_incremental', (environment: TemplateEnvironment): unknown => environment.isIncremental],
  [
    'target',
    ({ target }: TemplateEnvironment): unknown => ({ ...target, schema: target.database }),
  ],
  ['client', (environment: TemplateEnvironment): unknown => environment.client],
  ['run_started_at', (environment: TemplateEnvironment): unknown => environment.runStartedAt],
]);

/** Blocks that the renderer itself knows. */
export const BLOCKS: ReadonlySet<string> = new Set(['if', 'unless', 'each', 'with', 'raw']);
