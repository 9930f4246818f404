import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ConnectorStream, SyncContext, SyncedRows } from '../../connectors/connector.ts';
import { configureConnectors } from '../../connectors/registry.ts';
import { CortexError } from '../../cli/kernel/errors.ts';
import type { Outcome } from '../../cli/kernel/outcome.ts';
import { parseYaml, plainValue } from '../../cli/project/yaml.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { TABLE_DEFAULTS } from './load-settings.ts';
import { temporaryFolder } from './seed-file.ts';
import type { TestDatabase } from './server.ts';

/** 2026-01-02 03:04:05.678 UTC. */
const SYNC_TIME = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** A folder with files, as a project directory would hold them. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** The streams that a `connectors` section makes, given as YAML text. */
export async function streamsOf(
  yaml: string,
  directory: string,
  database = 'shop',
): Promise<Outcome<readonly ConnectorStream[]>> {
  const parsed = parseYaml(yaml, 'cortex_project.yml');
  const section =
    parsed.value === undefined
      ? undefined
      : { value: plainValue(parsed.value), yaml: parsed.value, file: 'cortex_project.yml' };
  const configured = await configureConnectors(section, { directory, database });
  const streams = configured.value.flatMap((connector) => connector.streams);
  return { value: streams, diagnostics: [...parsed.diagnostics, ...configured.diagnostics] };
}

/** Syncs one stream of the files connector into a test's database. */
export async function syncStream(
  own: TestDatabase,
  directory: string,
  settings: Readonly<Record<string, unknown>>,
  context: Partial<SyncContext> = {},
): Promise<SyncedRows> {
  const yaml = stringify({ files: { streams: { orders: settings } } });
  const { value, diagnostics } = await streamsOf(yaml, directory, own.name);
  const [stream] = value;
  if (stream === undefined) throw new CortexError(diagnostics);
  await using database = await connectTarget(own.target, { runId: 'sync' });
  return await stream.sync({
    database,
    tableDefaults: TABLE_DEFAULTS,
    startedAt: SYNC_TIME,
    ...context,
  });
}
