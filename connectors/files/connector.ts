import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import { CortexError } from '../../cli/kernel/errors.ts';
import { plural } from '../../cli/kernel/format.ts';
import { outcome } from '../../cli/kernel/outcome.ts';
import type { Span } from '../../cli/kernel/span.ts';
import type { InputFile } from '../../cli/load/files/file-blocks.ts';
import type { FileStream } from '../../cli/load/files/file-stream.ts';
import { matchingFiles } from '../../cli/load/files/matching-files.ts';
import { fileNotFound } from '../../cli/load/messages.ts';
import { syncFiles } from '../../cli/load/sync-files.ts';
import { keySpanAt, spanAt } from '../../cli/project/yaml.ts';
import { validate } from '../../cli/project/validate.ts';
import type { Connector, ConnectorSettings, ConnectorStream, SyncContext } from '../connector.ts';
import { documentationOf } from './documentation.ts';
import { filesSettings } from './settings.ts';
import type { StreamSettings } from './settings.ts';
import { streamOf } from './stream.ts';

const CODES = { invalid: 'CX7013', unknownKey: 'CX7013' } as const;

/** Lands CSV and JSON-lines files, plain or gzip, one table for each stream. */
export const files: Connector = { name: 'files', configure };

function configure(settings: ConnectorSettings) {
  const { yaml, file } = settings;
  const checked = validate(filesSettings, yaml, file, CODES);
  const diagnostics: Diagnostic[] = [...checked.diagnostics];
  const streams: ConnectorStream[] = [];
  for (const [name, stream] of Object.entries(checked.value?.streams ?? {})) {
    const made = streamOf(name, stream, settings.database);
    if ('problem' in made) {
      const span = keySpanAt(yaml, ['streams', name], made.setting, file);
      diagnostics.push({ ...made.problem, labels: [{ span }] });
      continue;
    }
    const span = spanAt(yaml, ['streams', name, 'path'], file);
    streams.push(connectorStream(made.stream, pathsOf(stream), { span, ...settings }));
  }
  return outcome(streams, diagnostics);
}

function pathsOf(stream: StreamSettings): readonly string[] {
  return typeof stream.path === 'string' ? [stream.path] : stream.path;
}

type StreamWithoutFiles = Omit<FileStream, 'files'>;

function connectorStream(
  stream: StreamWithoutFiles,
  paths: readonly string[],
  place: { readonly span: Span; readonly directory: string },
): ConnectorStream {
  return {
    name: stream.name,
    relation: stream.relation,
    documentation: documentationOf(stream),
    sync: async (context) => {
      const found = await filesOf(paths, place);
      const synced = await syncFiles({
        ...optionsOf(context),
        stream: { ...stream, files: found },
      });
      return { rows: synced.rows, detail: plural(found.length, 'file') };
    },
  };
}

async function filesOf(
  paths: readonly string[],
  place: { readonly span: Span; readonly directory: string },
): Promise<readonly InputFile[]> {
  const found: InputFile[] = [];
  for (const path of paths) {
    const matching = await matchingFiles(place.directory, path);
    if (matching.length === 0) throw new CortexError([fileNotFound(path, { span: place.span })]);
    found.push(...matching);
  }
  return found;
}

function optionsOf(context: SyncContext) {
  const { database, tableDefaults, startedAt, signal, onProgress } = context;
  return {
    database,
    tableDefaults,
    syncedAt: `${new Date(startedAt).toISOString().slice(0, 23).replace('T', ' ')}000`,
    signal,
    onProgress: (progress: { rows: number; file: string }) =>
      onProgress?.({ rows: progress.rows, detail: progress.file }),
  };
}
