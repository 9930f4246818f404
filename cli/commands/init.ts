import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CortexError } from '../kernel/errors.ts';
import { isFile } from '../platform/fs.ts';
import type { ClientChoices } from './init/client-choices.ts';
import { starterFiles } from './init/starter-files.ts';
import type { CommandBody, Invocation } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { directoryIsProject, fileExists, filesInTheWay } from './messages.ts';
import type { Session } from './session.ts';
import { withProject, withSession } from './session.ts';

/**
 * `cortex init`: a small project that `cortex build` builds, or with `--platform` the whole project of a client: the
 * model pack with its accounts, and its databases. Never overwrites a file.
 */
export const init: CommandBody = async (invocation) =>
  withSession(invocation, async (session) => {
    const directory = resolve(session.world.directory, session.flags.projectDir ?? '.');
    if (isFile(join(directory, 'cortex_project.yml'))) {
      throw new CortexError([directoryIsProject(directory)]);
    }
    const clientName = invocation.arguments[0] ?? basename(directory);
    const name = projectName(clientName);
    const { clientChoices } = await import('./init/client-choices.ts');
    const choices = await clientChoices(session);
    if (choices !== undefined)
      return startClient(session, { directory, name, clientName }, { choices, invocation });
    for (const [path, text] of Object.entries(starterFiles(name))) {
      writeOrLeave(session, directory, path, text);
    }
    session.note(
      `started the project \`${name}\`; \`cortex build\` builds it on a private local server`,
    );
    return EXIT.good;
  });

interface Place {
  readonly directory: string;
  readonly name: string;
  readonly clientName: string;
}

async function startClient(
  session: Session,
  { directory, ...names }: Place,
  { choices, invocation }: { readonly choices: ClientChoices; readonly invocation: Invocation },
): Promise<number> {
  const { packFiles } = await import('./init/pack-files.ts');
  const files = await packFiles(names, choices);
  // A model of somebody else among those of the pack would be built with them.
  const inTheWay = Object.keys(files).filter(
    (path) => /^[a-z]+\//.test(path) && isFile(join(directory, path)),
  );
  if (inTheWay.length > 0) throw new CortexError([filesInTheWay(inTheWay)]);
  for (const [path, content] of Object.entries(files)) {
    if (path === 'package.json' && isFile(join(directory, path))) continue;
    writeOrLeave(session, directory, path, content);
  }
  session.note(`started the project \`${names.name}\` with ${Object.keys(files).length} files`);
  const { connect, target = 'local' } = session.flags;
  const exitCode = connect
    ? await prepareDatabase(session, invocation, { directory, target })
    : EXIT.good;
  await printChecklist(session, invocation, directory);
  return exitCode;
}

/** What would be typed next: the databases of the target, and a look at all that a build needs. */
async function prepareDatabase(
  session: Session,
  invocation: Invocation,
  { directory, target }: { readonly directory: string; readonly target: string },
): Promise<number> {
  const { TypedCommands } = await import('./typed-commands.ts');
  const typed = new TypedCommands(invocation, { ...invocation.world, directory }, target);
  for (const name of ['setup', 'debug']) {
    session.note(`\n$ cortex ${name} --target ${target}`);
    const exitCode = await typed.run(name);
    if (exitCode === EXIT.good) continue;
    session.note(
      `\nthe files are written; \`cortex ${name} --target ${target}\` goes on from here`,
    );
    return exitCode;
  }
  return EXIT.good;
}

/** The checklist of the new project, before any of its credentials are there. */
async function printChecklist(
  session: Session,
  invocation: Invocation,
  projectDir: string,
): Promise<void> {
  session.note('\nnext: copy `.env.example` to `.env`, fill it in, and look at what is left:\n');
  const { checklistOf } = await import('./onboarding.ts');
  const given = { ...invocation.given, projectDir, target: 'local' };
  await withProject({ ...invocation, given }, async (started) =>
    checklistOf(started, { isConnected: false }),
  );
}

function writeOrLeave(
  session: Session,
  directory: string,
  path: string,
  content: string | Uint8Array,
): void {
  if (isFile(join(directory, path))) session.report([fileExists(path)]);
  else writeNew(join(directory, path), content);
}

function writeNew(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { flag: 'wx' });
}

/** A name that the project file accepts: letters, digits and underscores, no digit first. */
export function projectName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
  const name = plain.replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
  if (name === '') return 'my_project';
  return /^\d/.test(name) ? `p_${name}` : name;
}
