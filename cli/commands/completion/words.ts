import type { CommandDefinition } from '../command-definition.ts';
import { GROUPS } from '../commands.ts';
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

/** Commands that share their first word are one to a shell, which offers their second words and all their flags. */
export function groupedCommands(
  commands: readonly CommandDefinition[],
): readonly CommandDefinition[] {
  const words = [...new Set(commands.map(firstWord))];
  return words.flatMap((word) => {
    const [first, ...others] = commands.filter((command) => firstWord(command) === word);
    if (first === undefined || others.length === 0) return first ?? [];
    const members = [first, ...others];
    return {
      ...first,
      name: word,
      summary: GROUPS[word] ?? first.summary,
      argument: { name: 'command', summary: '', choices: members.flatMap(followingWords) },
      flags: [...new Set(members.flatMap(({ flags }) => flags))],
    };
  });
}
