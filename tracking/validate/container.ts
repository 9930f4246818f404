import type { Placed } from './values.ts';

/** The layers of a container with the key of their ids. */
export const LAYERS = {
  tag: 'tagId',
  trigger: 'triggerId',
  variable: 'variableId',
  folder: 'folderId',
  customTemplate: 'templateId',
  builtInVariable: undefined,
} as const;

/** The entities of a container by layer. */
export interface Container {
  readonly version: Placed;
  readonly layers: Readonly<Record<keyof typeof LAYERS, readonly Placed[]>>;
}
