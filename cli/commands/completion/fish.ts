import type { CommandDefinition } from '../command-definition.ts';
import type { CompletedFlag } from './words.ts';
import { completedFlags, firstWord, followingWords } from './words.ts';

/** A completion script for fish. */
export function fishScript(commands: readonly CommandDefinition[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c cortex -n __fish_use_subcommand -f -a ${firstWord(command)} -d ${quoted(command.summary)}`,
    ...followingWords(command).map(
      (word) => `complete -c cortex -n ${condition(command)} -f -a ${word}`,
    ),
    ...completedFlags(command).map((flag) => flagLine(command, flag)),
  ]);
  return ['# cortex completion for fish: cortex completion fish | source', ...lines, ''].join('\n');
}

function flagLine(command: CommandDefinition, { long, short, definition }: CompletedFlag): string {
  const parts = [`complete -c cortex -n ${condition(command)} -l ${long}`];
  if (short !== undefined) parts.push(`-s ${short}`);
  if (definition.choices !== undefined) parts.push(`-x -a ${quoted(definition.choices.join(' '))}`);
  else if (definition.completes !== undefined) parts.push('-r -F');
  else if (definition.kind !== 'switch') parts.push('-x');
  parts.push(`-d ${quoted(definition.summary)}`);
  return parts.join(' ');
}

function condition(command: CommandDefinition): string {
  const names =
    command.alias === undefined ? [firstWord(command)] : [firstWord(command), command.alias];
  return quoted(`__fish_seen_subcommand_from ${names.join(' ')}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
