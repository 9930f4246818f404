import type { CommandDefinition } from '../command-definition.ts';
import type { CompletedFlag } from './words.ts';
import { completedFlags, firstWord, followingWords } from './words.ts';

/** A completion script for zsh. */
export function zshScript(commands: readonly CommandDefinition[]): string {
  return `#compdef cortex
# cortex completion for zsh: source <(cortex completion zsh)
_cortex() {
  local -a commands
  commands=(
${commands.map((command) => `    ${quoted(`${firstWord(command)}:${command.summary}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  case "$words[2]" in
${commands.map(commandCase).join('\n')}
  esac
}
compdef _cortex cortex
`;
}

function commandCase(command: CommandDefinition): string {
  const names =
    command.alias === undefined ? firstWord(command) : `${firstWord(command)}|${command.alias}`;
  const specs = completedFlags(command)
    .flatMap(flagSpecs)
    .map((spec) => `        ${quoted(spec)} \\`);
  const following = followingWords(command);
  const argument = following.length > 0 ? `1:what:(${following.join(' ')})` : '*:name:_files';
  return [
    `    ${names})`,
    '      shift words; (( CURRENT-- ))',
    '      _arguments -s \\',
    ...specs,
    `        ${quoted(argument)}`,
    '      ;;',
  ].join('\n');
}

function flagSpecs({ long, short, definition }: CompletedFlag): string[] {
  const summary = escaped(definition.summary);
  const value =
    definition.kind === 'switch'
      ? ''
      : `:${definition.value ?? 'value'}:${valueAction(definition)}`;
  const repeats = definition.kind === 'list' ? '*' : '';
  const names = short === undefined ? [`--${long}`] : [`--${long}`, `-${short}`];
  return names.map((name) => `${repeats}${name}[${summary}]${value}`);
}

function valueAction({ choices, completes }: CompletedFlag['definition']): string {
  if (choices !== undefined) return `(${choices.join(' ')})`;
  if (completes === undefined) return ' ';
  return completes === 'directory' ? '_directories' : '_files';
}

/** Brackets and colons mean something inside a spec. */
function escaped(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, (character) => `\\${character}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
