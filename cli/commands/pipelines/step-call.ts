import { addDays } from '../../../connectors/runner/plan/calendar.ts';
import { conversionDestinations } from '../../project/conversion-destinations.ts';
import type { OptionValue, PipelineStep } from '../../project/pipelines/pipelines-schema.ts';
import { stepKind } from '../../project/pipelines/step-kinds.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { COMMANDS } from '../commands.ts';
import type { FlagKey } from '../flags.ts';
import { FLAGS, projectKey } from '../flags.ts';
import type { GivenFlags } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import { chooseStreams } from '../sync/choose-streams.ts';

/** The command a step calls, with what a person would have typed. */
export interface StepCall {
  readonly command: CommandDefinition;
  readonly given: GivenFlags;
  readonly arguments: readonly string[];
}

/** `firstDay`: the first day that no good run of the pipeline covers. */
export async function stepCall(
  session: ProjectSession,
  step: PipelineStep,
  given: GivenFlags,
  firstDay: string,
): Promise<StepCall> {
  const kind = stepKind(step.kind);
  const command = COMMANDS.find(({ name }) => name === kind.command);
  if (command === undefined) throw new Error(`no command ${kind.command}`);
  const { look_back_days: lookBack, ...options } = step.options;
  const own = Object.entries(options).filter(([key]) => key !== kind.words);
  const flags = own.map(([key, value]) => [flagOf(command, key), written(value)] as const);
  const since = typeof lookBack === 'number' ? { since: addDays(firstDay, -lookBack) } : {};
  const words = kind.words === undefined ? [] : listOf(options[kind.words]);
  return {
    command,
    given: { ...inherited(command, given), ...Object.fromEntries(flags), ...since },
    arguments: await expanded(session, words),
  };
}

/** The flags of the pipeline that its steps have too: target, directory, variables, reporting. */
function inherited(command: CommandDefinition, given: GivenFlags): GivenFlags {
  const own = Object.entries(given).filter(
    ([key]) => key !== 'json' && key !== 'wait' && command.flags.includes(key as FlagKey),
  );
  return Object.fromEntries(own);
}

function flagOf(command: CommandDefinition, option: string): string {
  return command.flags.find((key) => key in FLAGS && projectKey(key) === option) ?? option;
}

/** As it is typed: numbers and maps are texts on a command line. */
function written(value: OptionValue): string | boolean | readonly string[] {
  if (typeof value === 'boolean') return value;
  return isList(value) ? value : textOf(value);
}

function listOf(value: OptionValue | undefined): readonly string[] {
  if (value === undefined) return [];
  return isList(value) ? value : [textOf(value)];
}

function isList(value: OptionValue): value is readonly string[] {
  return Array.isArray(value);
}

function textOf(value: OptionValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `*.orders` stands for the stream of that name of every platform that has one. */
async function expanded(
  session: ProjectSession,
  words: readonly string[],
): Promise<readonly string[]> {
  if (!words.some((word) => word.startsWith('*.'))) return words;
  const { files, platforms } = await chooseStreams(session, [], { withoutCredentials: true });
  const all = [
    ...files.map(({ connector, stream }) => [connector, stream.name] as const),
    ...platforms.flatMap(({ definition, streams }) =>
      streams.map(({ stream }) => [definition.name, stream.name] as const),
    ),
  ];
  return words.flatMap((word) =>
    word.startsWith('*.')
      ? all.filter(([, name]) => name === word.slice(2)).map((parts) => parts.join('.'))
      : [word],
  );
}

/** Whether the words of a step stand for nothing: no platform has the stream, or there is no destination. */
export function choosesNothing(
  session: ProjectSession,
  step: PipelineStep,
  call: StepCall,
): boolean {
  const { words } = stepKind(step.kind);
  const isNamed = words !== undefined && step.options[words] !== undefined;
  if (isNamed && call.arguments.length === 0) return true;
  const selects = listOf(step.options['select']);
  const onlyConversions = selects.length > 0 && selects.every((one) => one === '+conversion:*');
  return onlyConversions && conversionDestinations(session.project).length === 0;
}
