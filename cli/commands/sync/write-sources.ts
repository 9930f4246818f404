import { join } from 'node:path';
import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import { fileSources } from '../../../connectors/runner/sources/file-sources.ts';
import { sourceFile } from '../../../connectors/runner/sources/source-file.ts';
import { sha256 } from '../../kernel/hash.ts';
import { readText, writeTextAtomically } from '../../platform/fs.ts';
import { yamlText } from '../../project/yaml.ts';
import { EXIT } from '../invocation.ts';
import { sourceFileEdited } from '../messages.ts';
import type { ProjectSession } from '../session.ts';
import type { ChosenStreams, FileStreamOf } from './choose-streams.ts';

const FOLDER = 'sources';
/** Tables stand in the target's own database unless the platform names another. */
const TARGET_DATABASE = '{{target.database}}';

/** `cortex sync --write-sources`: `sources/<connector>.yml` of each connector. Never overwrites what people wrote. */
export function writeSourceFiles(
  session: ProjectSession,
  { files, platforms }: ChosenStreams,
): number {
  let isRefused = false;
  for (const { name, sources } of [
    ...sourcesOfFiles(session, files),
    ...sourcesOf(session, platforms),
  ]) {
    const path = `${FOLDER}/${name}.yml`;
    const text = sourceText(sources);
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

interface NamedSources {
  /** Of the connector. */
  readonly name: string;
  readonly sources: object;
}

function sourcesOfFiles(
  session: ProjectSession,
  files: readonly FileStreamOf[],
): readonly NamedSources[] {
  const connectors = [...new Set(files.map(({ connector }) => connector))];
  return connectors.map((name) => {
    const streams = files.filter(({ connector }) => connector === name);
    const sources = fileSources(
      name,
      streams.map(({ stream }) => stream),
      (database) => schemaOf(session, database),
    );
    return { name, sources };
  });
}

function sourcesOf(
  session: ProjectSession,
  platforms: readonly ConfiguredPlatform[],
): readonly NamedSources[] {
  return platforms.map((platform) => ({
    name: platform.definition.name,
    sources: sourceFile(platform, schemaOf(session, platform.place.database)),
  }));
}

function schemaOf({ project }: ProjectSession, database: string): string {
  return database === project.target.database ? TARGET_DATABASE : database;
}

/** The file with a header that tells whether somebody changed it since. */
function sourceText(sources: object): string {
  const body = yamlText(sources);
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
