import type { CommandDefinition } from '../command-definition.ts';
import { completedFlags, firstWord, followingWords } from './words.ts';

/** A completion script for bash 3.2 and later. */
export function bashScript(commands: readonly CommandDefinition[]): string {
  const names = commands.flatMap(patterns);
  return `# cortex completion for bash: source <(cortex completion bash)
_cortex() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      -*) ;;
      *) command="$word"; break ;;
    esac
  done
  case "$command $previous" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
    '') words="${[...names, '--help', '--version'].join(' ')}" ;;
${commands.map(wordCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _cortex cortex
`;
}

function valueCases(command: CommandDefinition): string[] {
  return completedFlags(command).flatMap(({ long, definition }) => {
    const pattern = patterns(command)
      .map((name) => `"${name} --${long}"`)
      .join('|');
    if (definition.choices !== undefined) {
      const words = definition.choices.join(' ');
      return [`    ${pattern}) COMPREPLY=($(compgen -W "${words}" -- "$current")); return ;;`];
    }
    if (definition.completes === undefined) return [];
    const option = definition.completes === 'directory' ? '-d' : '-f';
    return [`    ${pattern}) COMPREPLY=($(compgen ${option} -- "$current")); return ;;`];
  });
}

function wordCase(command: CommandDefinition): string {
  const flags = completedFlags(command).map(({ long }) => `--${long}`);
  return `    ${patterns(command).join('|')}) words="${[...followingWords(command), ...flags, '--help'].join(' ')}" ;;`;
}

function patterns(command: CommandDefinition): string[] {
  return command.alias === undefined ? [firstWord(command)] : [firstWord(command), command.alias];
}
