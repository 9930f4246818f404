import { resolve } from 'node:path';
import { readPlan } from '../../tracking/plan/read-plan.ts';
import type { CheckedKind } from '../../tracking/validate/check-file.ts';
import { checkFile } from '../../tracking/validate/check-file.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { CortexError } from '../kernel/errors.ts';
import { plural } from '../kernel/format.ts';
import { readText } from '../platform/fs.ts';
import { unreadableFile } from '../project/messages.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import type { Session } from './session.ts';
import { withOptionalProject } from './tracking/with-optional-project.ts';
import { applyWarningPolicy } from './warning-policy.ts';

/** `cortex tracking validate`: what would break the import of a container, or the events of a data layer. */
export const trackingValidate: CommandBody = async (invocation) =>
  withOptionalProject(invocation, async (session, project) => {
    const [file = ''] = invocation.arguments;
    const text = readText(resolve(session.world.directory, file));
    if (text === undefined) throw new CortexError([unreadableFile(file)]);
    session.texts.add({ text: (name) => (name === file ? text : undefined) });
    const plan = session.check(readPlan(project?.directory));
    // A plan is absent only where an error says why.
    if (plan === undefined) return EXIT.unusable;
    const { value: kind, diagnostics } = checkFile(text, file, plan);
    if (kind === undefined) throw new CortexError(diagnostics);
    session.report(diagnostics);
    const judged = diagnostics.flatMap((one) => applyWarningPolicy(one, session.flags) ?? []);
    tell(session, { file, kind, diagnostics: judged });
    return EXIT.good;
  });

interface Verdict {
  readonly file: string;
  readonly kind: NonNullable<CheckedKind>;
  readonly diagnostics: readonly Diagnostic[];
}

const KINDS = { container: 'container', pushes: 'list of pushes' } as const;

function tell(session: Session, { file, kind, diagnostics }: Verdict): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  if (session.flags.json) session.print(JSON.stringify({ file, kind, errors, warnings }));
  else
    session.note(
      `${file}: a ${KINDS[kind]} with ${plural(errors, 'error')} and ${plural(warnings, 'warning')}`,
    );
}
