import { rmSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { plural } from '../kernel/format.ts';
import { isDirectory, isFile } from '../platform/fs.ts';
import type { Project } from '../project/project.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { outsideProject } from './messages.ts';
import { withProject } from './session.ts';

/** `cortex clean`: deletes the clean targets, all of them or none. */
export const clean: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { project } = session;
    const targets = [...new Set([...project.cleanTargets, project.targetPath])];
    const refused = targets.flatMap((target) => refusal(project, target) ?? []);
    session.check({ value: undefined, diagnostics: refused });
    const present = targets.filter((target) => exists(resolve(project.directory, target)));
    for (const target of present) rmSync(resolve(project.directory, target), { recursive: true });
    const names = present.length === 0 ? '' : `: ${present.join(', ')}`;
    session.note(`deleted ${plural(present.length, 'path')}${names}`);
    return EXIT.good;
  });

/** A path that must stay: outside the project, the project itself, or a folder that holds sources. */
function refusal(project: Project, target: string): Diagnostic | undefined {
  const inside = relative(project.directory, resolve(project.directory, target));
  const isOutside =
    inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside;
  const holdsSources = project.packages.some(({ files }) =>
    files.some(({ path }) => path === target || path.startsWith(`${inside.split(sep).join('/')}/`)),
  );
  return isOutside || holdsSources ? outsideProject(target) : undefined;
}

function exists(path: string): boolean {
  return isDirectory(path) || isFile(path);
}
