import { Command, CommanderError, Option } from 'commander';
import type { CommandDefinition } from './commands/command-definition.ts';
import { COMMANDS, GROUPS } from './commands/commands.ts';
import type { FlagDefinition, FlagKey } from './commands/flags.ts';
import { definitionOf, environmentName, flagName } from './commands/flags.ts';
import type { GivenFlags, Invocation, World } from './commands/invocation.ts';
import { EXIT } from './commands/invocation.ts';
import {
  missingArgument,
  missingValue,
  unexpectedArguments,
  unknownArgumentValue,
  unknownCommand,
  unknownFlag,
} from './commands/messages.ts';
import type { Diagnostic } from './kernel/diagnostic.ts';
import { CortexError } from './kernel/errors.ts';

/**
 * Parses the arguments after `cortex` and runs the command they name. Answers with the exit code;
 * throws CortexError for arguments that no command takes.
 */
export async function runProgram(args: readonly string[], world: World): Promise<number> {
  let exitCode: number = EXIT.good;
  const program = createProgram(args, world, async (command, given, positional) => {
    checkArgument(command, positional);
    const invocation = { command, given, arguments: positional, world };
    if (namesAllClients(invocation)) {
      const { forAllClients } = await import('./commands/clients/for-all-clients.ts');
      exitCode = await forAllClients(invocation, args);
      return;
    }
    const body = await command.load();
    exitCode = await body(invocation);
  });
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.good;
    throw new CortexError([usageError(error, args)], { cause: error });
  }
  return exitCode;
}

/** `--client all`, or `CORTEX_CLIENT=all` where none is given. */
function namesAllClients({ command, given, world }: Invocation): boolean {
  if (!command.flags.includes('client')) return false;
  return (given.client ?? world.environment[environmentName('client')]) === 'all';
}

type Call = (
  command: CommandDefinition,
  given: GivenFlags,
  positional: readonly string[],
) => Promise<void>;

/** Flags belong to the command that is called; where none is, help may show all of them. */
function createProgram(args: readonly string[], world: World, call: Call): Command {
  const called = COMMANDS.filter((definition) => isCalled(definition, args));
  const program = new Command('cortex');
  configure(program, world);
  program
    .description('Build tested SQL models in MySQL, MariaDB and TiDB')
    .usage('<command> [flags]')
    .option('-V, --version', 'Print the version')
    .helpCommand(false)
    .addHelpText('after', '\nStart here:\n  $ cortex init\n  $ cortex build');
  const groups = new Map<string, Command>();
  for (const definition of COMMANDS) {
    const words = definition.name.split(' ');
    const leaf = words.at(-1) ?? definition.name;
    const parent = words.length > 1 ? groupOf(program, groups, words[0] ?? '', world) : program;
    const command = addCommand(parent.command(leaf), definition, world, call);
    const isShown = called.length === 0 || called.includes(definition);
    if (isShown) for (const key of definition.flags) addFlag(command, key);
  }
  return program;
}

function groupOf(
  program: Command,
  groups: Map<string, Command>,
  name: string,
  world: World,
): Command {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const created = program
    .command(name)
    .description(GROUPS[name] ?? '')
    .helpCommand(false);
  configure(created, world);
  groups.set(name, created);
  return created;
}

function addCommand(
  command: Command,
  definition: CommandDefinition,
  world: World,
  call: Call,
): Command {
  configure(command, world);
  command.description(definition.summary);
  if (definition.alias !== undefined) command.alias(definition.alias);
  const { argument } = definition;
  if (argument !== undefined) {
    const dots = argument.isRepeated === true ? '...' : '';
    command.argument(`[${argument.name}${dots}]`, describedArgument(argument));
  }
  command.addHelpText(
    'after',
    `\nExamples:\n${definition.examples.map((line) => `  $ ${line}`).join('\n')}`,
  );
  return command.action(async () =>
    call(definition, givenFlags(definition, command), command.args),
  );
}

function configure(command: Command, world: World): void {
  command
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .helpOption('-h, --help', 'Show this help')
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(world.stdout.columns ?? 100, 120),
    });
}

function describedArgument({
  summary,
  choices,
}: NonNullable<CommandDefinition['argument']>): string {
  return choices === undefined ? summary : `${summary}: ${choices.join(', ')}`;
}

function addFlag(command: Command, key: FlagKey): void {
  const definition = definitionOf(key);
  const name = flagName(key);
  const short = definition.short === undefined ? '' : `-${definition.short}, `;
  const choices = definition.choices === undefined ? '' : ` (${definition.choices.join(', ')})`;
  const note = definition.isLocal === true ? '' : ` [${environmentName(key)}]`;
  const option = `${short}--${name}${placeholderOf(definition)}`;
  command.addOption(new Option(option, `${definition.summary}${choices}${note}`));
  if (definition.canBeOff === true) command.addOption(new Option(`--no-${name}`).hideHelp());
}

function placeholderOf({ kind, value }: FlagDefinition): string {
  if (kind === 'switch') return '';
  return kind === 'list' ? ` <${value}...>` : ` <${value ?? 'choice'}>`;
}

/** What was typed, by key. Commander names values by the long flag in camel case. */
function givenFlags(definition: CommandDefinition, command: Command): GivenFlags {
  const given = definition.flags.map((key) => {
    const name = flagName(key).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const isTyped = command.getOptionValueSource(name) === 'cli';
    return [key, isTyped ? command.getOptionValue(name) : undefined] as const;
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function checkArgument({ name, argument }: CommandDefinition, positional: readonly string[]): void {
  if (argument === undefined) return;
  const [value] = positional;
  if (value === undefined) {
    if (argument.isOptional !== true) throw new CortexError([missingArgument(argument.name, name)]);
  } else if (argument.choices?.includes(value) === false) {
    throw new CortexError([unknownArgumentValue(argument.name, value, argument.choices)]);
  }
}

/** Commander's complaint in the product's own words. */
function usageError(error: CommanderError, args: readonly string[]): Diagnostic {
  const command = COMMANDS.find((definition) => isCalled(definition, args));
  const subject = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownFlag(
        subject.split('=', 1)[0] ?? subject,
        flagsOf(command),
        command?.name ?? '',
      );
    case 'commander.optionMissingArgument':
      return missingValue(/--[a-z0-9-]+/.exec(subject)?.[0] ?? subject);
    case 'commander.excessArguments':
      return command === undefined
        ? unknownCommand(args[0] ?? '', commandNames())
        : unexpectedArguments(command.name, excessOf(command, args));
    case 'commander.help':
      return missingArgument('command', args.join(' '));
    default:
      return unknownCommand(subject === '' ? args.join(' ') : subject, commandNames());
  }
}

function isCalled({ name, alias }: CommandDefinition, args: readonly string[]): boolean {
  return startsWith(args, name) || (alias !== undefined && alias === args[0]);
}

function startsWith(args: readonly string[], name: string): boolean {
  const words = name.split(' ');
  return words.every((word, index) => args[index] === word);
}

function flagsOf(command: CommandDefinition | undefined): string[] {
  return [...(command?.flags ?? []).map((key) => `--${flagName(key)}`), '--help', '--version'];
}

function commandNames(): string[] {
  return COMMANDS.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]));
}

/** The words after the command that are neither flags nor its own argument. */
function excessOf(command: CommandDefinition, args: readonly string[]): string[] {
  const own = command.name.split(' ').length + (command.argument === undefined ? 0 : 1);
  return args.slice(own).filter((word) => !word.startsWith('-'));
}
