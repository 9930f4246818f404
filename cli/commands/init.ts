import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CortexError } from '../kernel/errors.ts';
import { isFile } from '../platform/fs.ts';
import { starterFiles } from './init/starter-files.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { directoryIsProject, fileExists } from './messages.ts';
import { withSession } from './session.ts';

/** `cortex init`: a small project that `cortex build` builds. Never overwrites a file. */
export const init: CommandBody = async (invocation) =>
  withSession(invocation, async (session) => {
    const directory = resolve(session.world.directory, session.flags.projectDir ?? '.');
    if (isFile(join(directory, 'cortex_project.yml'))) {
      throw new CortexError([directoryIsProject(directory)]);
    }
    const name = projectName(invocation.arguments[0] ?? basename(directory));
    for (const [path, text] of Object.entries(starterFiles(name))) {
      if (isFile(join(directory, path))) session.report([fileExists(path)]);
      else writeNew(join(directory, path), text);
    }
    session.note(
      `started the project \`${name}\`; \`cortex build\` builds it on a private local server`,
    );
    return EXIT.good;
  });

function writeNew(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
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
