import { relative, resolve, sep } from 'node:path';
import { buildContainer } from '../../tracking/container/build-container.ts';
import { readPlan } from '../../tracking/plan/read-plan.ts';
import { plural } from '../kernel/format.ts';
import { readText, writeTextAtomically } from '../platform/fs.ts';
import type { Project } from '../project/project.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import type { Session } from './session.ts';
import { CONTAINER_FILE } from './tracking/container-file.ts';
import { readTrackingSettings } from './tracking/read-settings.ts';
import { withOptionalProject } from './tracking/with-optional-project.ts';

/** `cortex tracking gtm`: a container file for Tag Manager, from the client's ids and the event dictionary. */
export const trackingGtm: CommandBody = async (invocation) =>
  withOptionalProject(invocation, async (session, project) => {
    const render = renderer(session, project);
    const [file] = invocation.arguments;
    const { directory } = session.world;
    const path =
      file === undefined
        ? resolve(project?.directory ?? directory, CONTAINER_FILE)
        : resolve(directory, file);
    const old = readText(path);
    const stamp = stampOf(old);
    const hasChanged = old === undefined || stamp === undefined || render(stamp) !== old;
    const text = hasChanged ? render(newStamp(session)) : old;
    if (hasChanged) writeTextAtomically(path, text);
    tell(session, { file: relative(directory, path).split(sep).join('/'), text, hasChanged });
    return EXIT.good;
  });

/** When a container was written, in the two forms that an export has. */
interface Stamp {
  readonly exportTime: string;
  readonly fingerprint: string;
}

function renderer(session: Session, project: Project | undefined): (stamp: Stamp) => string {
  const settings = readTrackingSettings(project, session.flags);
  const read = readPlan(project?.directory);
  const diagnostics = [...settings.diagnostics, ...read.diagnostics];
  const plan = session.check({ value: read.value, diagnostics });
  // A plan is absent only where an error says why.
  if (plan === undefined) throw new Error('the event dictionary was not read');
  const client = project?.client.name ?? '';
  const name = client === '' ? 'Cortex e-commerce' : client;
  return (stamp) =>
    `${JSON.stringify(buildContainer({ plan, config: settings.value, name, ...stamp }), undefined, 2)}\n`;
}

/** That of a file which may have been written before: where nothing else differs, the file stays as it is. */
function stampOf(text: string | undefined): Stamp | undefined {
  const exportTime = /"exportTime": "([\d :-]+)"/.exec(text ?? '')?.[1];
  const fingerprint = /"fingerprint": "(\d+)"/.exec(text ?? '')?.[1];
  return exportTime === undefined || fingerprint === undefined
    ? undefined
    : { exportTime, fingerprint };
}

function newStamp({ world }: Session): Stamp {
  const now = world.clock.now();
  const exportTime = new Date(now).toISOString().slice(0, 19).replace('T', ' ');
  return { exportTime, fingerprint: String(now) };
}

interface Written {
  readonly file: string;
  readonly text: string;
  readonly hasChanged: boolean;
}

function tell(session: Session, { file, text, hasChanged }: Written): void {
  const { containerVersion } = JSON.parse(text) as {
    containerVersion: Readonly<Record<'tag' | 'trigger' | 'variable', readonly unknown[]>>;
  };
  const { tag, trigger, variable } = containerVersion;
  if (session.flags.json) {
    const counts = { tags: tag.length, triggers: trigger.length, variables: variable.length };
    session.print(JSON.stringify({ file, changed: hasChanged, ...counts }));
    return;
  }
  session.print(file);
  const verb = hasChanged ? 'wrote' : 'nothing changed in';
  const counts = [
    plural(tag.length, 'tag'),
    plural(trigger.length, 'trigger'),
    plural(variable.length, 'variable'),
  ].join(', ');
  session.note(`${verb} ${counts}; import the file in Tag Manager under Admin, Import Container`);
}
