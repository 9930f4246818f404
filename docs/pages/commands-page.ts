import type { CommandDefinition } from '../../cli/commands/command-definition.ts';
import { COMMANDS } from '../../cli/commands/commands.ts';
import type { FlagDefinition, FlagKey } from '../../cli/commands/flags.ts';
import {
  FLAGS,
  definitionOf,
  environmentName,
  flagName,
  projectKey,
} from '../../cli/commands/flags.ts';

/** `docs/cli.md`: every command and flag, from the tables that define them. */
export function commandsPage(): string {
  return [
    '# Command line',
    '',
    'Written from the code by `npm run docs`.',
    '',
    'A flag may be set in four places; the first that has it counts: the command line, the environment',
    '(`CORTEX_…`), `flags:` in `cortex_project.yml`, the default. Switches with a `--no-` form can be turned off.',
    '',
    'Exit codes: 0 all good, warnings allowed; 1 it ran and something failed; 2 it could not run;',
    '75 a sync stopped where a limit of a platform is used up, with all that it read kept (run it again later); 130 interrupted.',
    '',
    '## Commands',
    '',
    ...COMMANDS.flatMap(commandSection),
    '## Flags',
    '',
    '| flag | environment | project file | default | meaning |',
    '|---|---|---|---|---|',
    ...(Object.keys(FLAGS) as FlagKey[]).map(flagRow),
    '',
  ].join('\n');
}

function commandSection(command: CommandDefinition): string[] {
  const argument =
    command.argument === undefined
      ? ''
      : ` [${command.argument.name}${command.argument.isRepeated === true ? '...' : ''}]`;
  const alias = command.alias === undefined ? '' : ` Also \`cortex ${command.alias}\`.`;
  const flags = command.flags.map((key) => `\`--${flagName(key)}\``).join(', ');
  return [
    `### \`cortex ${command.name}${argument}\``,
    '',
    `${command.summary}.${alias}${argumentText(command)}`,
    '',
    '```',
    ...command.examples,
    '```',
    '',
    ...(flags === '' ? [] : [`Flags: ${flags}`, '']),
  ];
}

function argumentText({ argument }: CommandDefinition): string {
  if (argument === undefined) return '';
  const choices =
    argument.choices === undefined
      ? ''
      : ` (${argument.choices.map((word) => `\`${word}\``).join(', ')})`;
  return ` \`${argument.name}\`: ${argument.summary}${choices}.`;
}

function flagRow(key: FlagKey): string {
  const definition = definitionOf(key);
  const name = flagName(key);
  const off = definition.canBeOff === true ? `, \`--no-${name}\`` : '';
  const short = definition.short === undefined ? '' : `\`-${definition.short}\`, `;
  const isSetting = definition.isLocal !== true;
  return [
    `| ${short}\`--${name}${placeholder(definition)}\`${off}`,
    isSetting ? `\`${environmentName(key)}\`` : '',
    isSetting ? `\`${projectKey(key)}\`` : '',
    definition.default === undefined ? '' : `\`${definition.default}\``,
    `${cell(definition.summary)}${choicesText(definition)} |`,
  ].join(' | ');
}

function placeholder({ kind, value }: FlagDefinition): string {
  return kind === 'switch' ? '' : ` <${value ?? 'choice'}>`;
}

function choicesText({ choices }: FlagDefinition): string {
  return choices === undefined ? '' : `: ${choices.map((word) => `\`${word}\``).join(', ')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
