import type { ConnectStep } from '../../../connectors/sdk/definition.ts';
import { CortexError } from '../../kernel/errors.ts';
import { answerMissing } from '../messages.ts';
import type { ProjectSession } from '../session.ts';

export type Answers = Readonly<Record<string, string>>;

/** `CORTEX_CONNECT_CLIENT_ID`: where an answer comes from without a terminal. */
function answerVariable(key: string): string {
  return `CORTEX_CONNECT_${key.toUpperCase()}`;
}

/** The answers to some steps: from the environment, or of the person at the terminal. Throws CX7218 without either. */
export async function askSteps(
  session: ProjectSession,
  platform: string,
  steps: readonly ConnectStep[],
): Promise<Answers> {
  const { world, project } = session;
  const given = (key: string) => project.environment[answerVariable(key)];
  const open = steps.filter(({ key }) => given(key) === undefined);
  if (world.ask === undefined && open.length > 0) {
    throw new CortexError([
      answerMissing(
        platform,
        open.map(({ key }) => answerVariable(key)),
      ),
    ]);
  }
  const answers: Record<string, string> = {};
  for (const { key, question, instructions, isSecret } of steps) {
    const known = given(key);
    if (known !== undefined) {
      answers[key] = known;
      continue;
    }
    if (instructions !== '') session.note(`\n${instructions}.`.replace(/\.\.$/, '.'));
    answers[key] = (await world.ask?.(`${question}: `, { isSecret })) ?? '';
  }
  return answers;
}
