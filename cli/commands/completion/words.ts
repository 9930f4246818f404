import type { CommandDefinition } from '../commands.ts';
import type { FlagDefinition, FlagKey } from '../flags.ts';
import { definitionOf, flagName } from '../flags.ts';

/** What a shell needs to know about one flag. */
export interface CompletedFlag {
  readonly long: string;
  readonly short: string | undefined;
  readonly definition: FlagDefinition;
}

export function completedFlags(command: CommandDefinition): CompletedFlag[] {
  return command.flags.map((key: FlagKey) => {
    const definition = definitionOf(key);
    return { long: flagName(key), short: definition.short, definition };
  });
}

/** `source freshness` is completed as `source`, then `freshness`. */
export function firstWord(command: CommandDefinition): string {
  return command.name.split(' ', 1)[0] ?? command.name;
}

/** What may follow the first word: the second word of the command, or the values of its argument. */
export function followingWords(command: CommandDefinition): readonly string[] {
  const [, second] = command.name.split(' ');
  return second === undefined ? (command.argument?.choices ?? []) : [second];
}
