import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import { readText } from '../../platform/fs.ts';
import { EXIT } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import type { ScheduleFacts } from './schedule-files.ts';
import { MARK, cronFiles, githubFiles, systemdFiles } from './schedule-files.ts';
import { containerFiles } from './container-files.ts';
import type { ScheduledPipeline } from './scheduled-pipeline.ts';

/** Writes files below the project and says what to type. Nothing outside of the project is touched. */
export function installSchedule(
  session: ProjectSession,
  pipelines: readonly ScheduledPipeline[],
): number {
  const { project, world } = session;
  const facts: ScheduleFacts = {
    project: project.name,
    target: project.target.name,
    client: session.flags.client,
    directory: project.directory,
    node: process.execPath,
    program: process.argv[1] ?? 'cortex',
    now: world.clock.now(),
  };
  const make = {
    systemd: systemdFiles,
    cron: cronFiles,
    github: githubFiles,
    container: containerFiles,
  };
  const { files, todo, refused } = make[session.flags.scheduleFor](pipelines, facts);
  if (refused.length > 0) {
    throw new CortexError(refused.map((one) => notPortable(one, session.flags.scheduleFor)));
  }
  for (const [path, text] of Object.entries(files)) {
    const there = readText(join(project.directory, path)) ?? text;
    if (there !== text && !there.startsWith(MARK)) throw new CortexError([notOurs(path)]);
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project.directory, path)), { recursive: true });
    writeFileSync(join(project.directory, path), text);
    session.note(`wrote ${path}`);
  }
  for (const line of todo) session.print(line);
  return EXIT.good;
}

function notPortable({ name, schedule, timeZone }: ScheduledPipeline, form: string) {
  return diagnostic('CX7706', `the schedule of \`${name}\` cannot be written for ${form}`, {
    notes: [`it is \`${schedule}\` in ${timeZone}`],
    hint: 'write it with one hour and one minute, or use `cortex schedule run`',
  });
}

function notOurs(path: string) {
  return diagnostic('CX7707', `\`${path}\` was not written by \`cortex schedule install\``, {
    hint: 'move it away; it was left as it is',
  });
}
