import { join, resolve } from 'node:path';
import { writeTextAtomically } from '../platform/fs.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { withSession } from './session.ts';

/** `cortex schema`: JSON Schemas under `.cortex/schemas`, and how an editor finds them. */
export const schema: CommandBody = async (invocation) =>
  withSession(invocation, async (session) => {
    const { findProjectDirectory } = await import('../project/load-project.ts');
    const { jsonSchemas } = await import('../project/json-schemas.ts');
    const { sectionSchemas } = await import('./section-schemas.ts');
    const start = resolve(session.world.directory, session.flags.projectDir ?? '.');
    const directory = join(findProjectDirectory(start) ?? start, '.cortex', 'schemas');
    for (const [name, content] of Object.entries(jsonSchemas(await sectionSchemas()))) {
      const path = join(directory, name);
      writeTextAtomically(path, `${JSON.stringify(content, undefined, 2)}\n`);
      session.print(path);
    }
    session.note(
      'point your editor at them: `# yaml-language-server: $schema=<path>` as the first line of a YAML file',
    );
    return EXIT.good;
  });
