import { plural } from '../kernel/format.ts';
import type { Style } from '../report/style.ts';
import { createStyle, wantsColor } from '../report/style.ts';
import type { Check } from '../warehouse/diagnosis/check.ts';
import { programCheck, projectCheck, targetChecks } from './diagnosis/connection-checks.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import { wrapped } from './wrap-text.ts';

/** `cortex debug`: everything that must hold before a build, checked one by one. */
export const debug: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const style = styleOf(session);
    let failures = 0;
    for await (const check of allChecks(session)) {
      if (check.status === 'fail') failures += 1;
      show(session, check, style);
    }
    session.note(
      failures === 0
        ? 'everything that a build needs is there'
        : `${plural(failures, 'check')} failed`,
    );
    return failures === 0 ? EXIT.good : EXIT.failed;
  });

async function* allChecks(session: ProjectSession): AsyncGenerator<Check> {
  if (!session.flags.connection) {
    yield programCheck();
    yield (await projectCheck(session)).check;
  }
  yield* targetChecks(session);
}

const VERBS = { ok: 'Fine', warn: 'Limited', fail: 'Failed' } as const;
const DETAIL_INDENT = ' '.repeat(11);

function show(session: ProjectSession, check: Check, style: Style): void {
  if (session.flags.json) {
    session.print(JSON.stringify(check));
    return;
  }
  if (session.flags.quiet && check.status === 'ok') return;
  const paint = { ok: style.good, warn: style.warn, fail: style.bad }[check.status];
  const lines = [`${paint(VERBS[check.status].padStart(10))} ${check.name}: ${check.detail}`];
  if (check.hint !== undefined) {
    lines.push(
      ...wrapped(check.hint, 90)
        .split('\n')
        .map((line) => `${DETAIL_INDENT}${style.accent(line)}`),
    );
  }
  session.world.stderr.write(`${lines.join('\n')}\n`);
}

function styleOf({ flags, world }: ProjectSession): Style {
  const facts = { isTerminal: world.stderr.isTTY === true, environment: world.environment };
  return createStyle(wantsColor(flags.color, facts));
}
