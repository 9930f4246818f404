import type { FlagKey } from './flags.ts';
import type { CommandBody } from './invocation.ts';

export interface ArgumentDefinition {
  readonly name: string;
  readonly summary: string;
  readonly isOptional?: boolean;
  readonly choices?: readonly string[];
  /** Several may be given. */
  readonly isRepeated?: boolean;
}

/** A command as people see it. The body is loaded when it is called, and nothing before. */
export interface CommandDefinition {
  /** Words after `cortex`. */
  readonly name: string;
  readonly alias?: string;
  readonly summary: string;
  readonly argument?: ArgumentDefinition;
  readonly flags: readonly FlagKey[];
  readonly examples: readonly string[];
  load(): Promise<CommandBody>;
}

export const REPORT: readonly FlagKey[] = [
  'quiet',
  'verbose',
  'json',
  'color',
  'timestamps',
  'logLevel',
  'logPath',
];
export const ONE_CLIENT: readonly FlagKey[] = [
  'projectDir',
  'target',
  'client',
  'targetPath',
  'vars',
  'partialParse',
  'warnError',
  'warnErrorOptions',
  ...REPORT,
];
/** Of commands that can be run for every client at once. */
export const PROJECT: readonly FlagKey[] = [...ONE_CLIENT, 'clientsAtOnce'];
export const SELECTION: readonly FlagKey[] = [
  'select',
  'models',
  'exclude',
  'selector',
  'resourceType',
  'excludeResourceType',
  'indirectSelection',
  'explainSelection',
  'dirty',
  'state',
];
export const EXECUTION: readonly FlagKey[] = ['threads', 'failFast', 'wait', 'junit'];
