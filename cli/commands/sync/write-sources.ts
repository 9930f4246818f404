import { join } from 'node:path';
import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import { sourceFile } from '../../../connectors/runner/sources/source-file.ts';
import { sha256 } from '../../kernel/hash.ts';
import { readText, writeTextAtomically } from '../../platform/fs.ts';
import { yamlText } from '../../project/yaml.ts';
import { EXIT } from '../invocation.ts';
import { sourceFileEdited } from '../messages.ts';
import type { ProjectSession } from '../session.ts';

const FOLDER = 'sources';
/** Tables stand in the target's own database unless the platform names another. */
const TARGET_DATABASE = '{{target.database}}';

/** `cortex sync --write-sources`: `sources/<platform>.yml` of each platform. Never overwrites what people wrote. */
export function writeSourceFiles(
  session: ProjectSession,
  platforms: readonly ConfiguredPlatform[],
): number {
  let isRefused = false;
  for (const platform of platforms) {
    const path = `${FOLDER}/${platform.definition.name}.yml`;
    const text = sourceText(platform, session.project.target.database);
    const absolute = join(session.project.directory, path);
    const before = readText(absolute);
    if (before !== undefined && !isOurs(before)) {
      session.report([sourceFileEdited(path)]);
      isRefused = true;
      continue;
    }
    if (before !== text) writeTextAtomically(absolute, text);
    session.print(path);
  }
  return isRefused ? EXIT.failed : EXIT.good;
}

/** The file with a header that tells whether somebody changed it since. */
function sourceText(platform: ConfiguredPlatform, targetDatabase: string): string {
  const { database } = platform.place;
  const body = yamlText(
    sourceFile(platform, database === targetDatabase ? TARGET_DATABASE : database),
  );
  return `${HEADER}${sha256(body)}\n${body}`;
}

const HEADER =
  '# Written by `cortex sync --write-sources` from the definitions of the streams, and written anew by it.\n' +
  '# Tests and other properties of these tables belong into another file. Checksum: ';

function isOurs(text: string): boolean {
  if (!text.startsWith(HEADER)) return false;
  const end = text.indexOf('\n', HEADER.length);
  return text.slice(HEADER.length, end) === sha256(text.slice(end + 1));
}
