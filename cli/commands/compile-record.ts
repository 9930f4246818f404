import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Graph } from '../graph/graph.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestNode, ModelNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { CatalogSnapshot } from '../manifest/relation.ts';
import { fileStamp, namesIn } from '../platform/fs.ts';
import type { ServerFacts } from './compile-context.ts';
import { databasesOf } from './compile-context.ts';
import type { CompileServer } from './compile-server.ts';
import { graphInputs } from './load-graph.ts';
import type { ProjectSession } from './session.ts';
import { MANIFEST_FILE } from './write-artifacts.ts';

/** What is to be compiled, and what stands for all that it is compiled from. */
interface CompileRequest {
  /** Stands for everything but the texts of models. */
  readonly key: string;
  /** Stands for the texts as well. */
  readonly stamp: string;
  /** Databases whose catalog is part of the key. */
  readonly databases: readonly string[];
  /** Stands for the ids of the nodes. */
  readonly selected: string;
  readonly count: number;
  /** All models of the manifest: the checksum of the text, and what others see of the model. */
  readonly models: readonly (readonly [id: NodeId, checksum: string, shape: string])[];
}

/** What the compiled files below the target path were made from, so that they are not made twice. */
export interface CompileRecord extends CompileRequest {
  /** Fingerprints of the environment variables that were asked for. */
  readonly environment: Readonly<Record<string, string>>;
  /** Nodes to be compiled each time. */
  readonly unsettled: readonly NodeId[];
  /** Names of the compiled files by their folder, which is relative to the target path. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Tells whether `manifest.json` is the one that was written with the files. */
  readonly manifest: string;
  /** What was reported on the way. */
  readonly diagnostics: readonly Diagnostic[];
}

const NAME = 'cortex_parse_cache.compiled.json';

/**
 * The record of the last compilation, where its files still stand. `undefined` too for a selection by
 * more than the manifest, and with script macros, which may answer anything.
 */
export function readCompileRecord(session: ProjectSession): CompileRecord | undefined {
  const { flags, project } = session;
  if (flags.state !== undefined || flags.dirty || project.scripts.size > 0) return undefined;
  const record = parseRecord(project.cache.read(NAME));
  return record !== undefined && stillStands(session, record) ? record : undefined;
}

function parseRecord(text: string | undefined): CompileRecord | undefined {
  if (text === undefined || !text.startsWith('{"key":')) return undefined;
  try {
    // Written by `keepCompileRecord`, of this version of Cortex or another: then with another key.
    return JSON.parse(text) as CompileRecord;
  } catch {
    return undefined;
  }
}

function stillStands(session: ProjectSession, record: CompileRecord): boolean {
  if (manifestStamp(session) !== record.manifest) return false;
  return Object.entries(record.files).every(([folder, names]) => {
    const found = namesIn(session.targetFile(folder));
    return names.every((name) => found.has(name));
  });
}

/** Empty where there is no manifest: nothing has been written yet but what is known. */
function manifestStamp(session: ProjectSession): string {
  return fileStamp(session.targetFile(MANIFEST_FILE)) ?? '';
}

/** True when compiling would give the files that stand there. Asks the server only where all else is as it was. */
export async function isUnchanged(
  session: ProjectSession,
  server: CompileServer,
  record: CompileRecord,
): Promise<boolean> {
  if (record.unsettled.length > 0 || record.stamp !== graphInputs(session).stamp()) return false;
  if (!hasSameEnvironment(session, record)) return false;
  const catalog = await server.catalog(record.databases);
  return record.key === keyOf(session, await server.facts(), catalog);
}

/** True while the environment variables that were asked for have the values they had. */
function hasSameEnvironment(session: ProjectSession, record: CompileRecord): boolean {
  const { fingerprint } = graphInputs(session);
  return Object.entries(record.environment).every(([name, value]) => fingerprint(name) === value);
}

function keyOf(session: ProjectSession, server: ServerFacts, catalog: CatalogSnapshot): string {
  const { flags, project } = session;
  const seen = [...catalog].map(([key, { kind, columns }]) => [key, kind, columns]);
  const { database, capabilities } = server;
  const settings = [project.selectors?.value, { ...flags, quiet: false }, database, capabilities];
  return sha256(`${graphInputs(session).key}${stableStringify(settings)}${JSON.stringify(seen)}`);
}

export interface ToCompile {
  readonly nodes: readonly ManifestNode[];
  readonly manifest: Manifest;
  readonly database: ServerFacts;
  readonly catalog: CatalogSnapshot;
}

export function requestOf(session: ProjectSession, compiled: ToCompile): CompileRequest {
  const { nodes, manifest, database, catalog } = compiled;
  const models = [...manifest.nodes.values()].filter((node) => node.resourceType === 'model');
  return {
    key: keyOf(session, database, catalog),
    stamp: graphInputs(session).stamp(),
    databases: databasesOf(manifest),
    selected: sha256(nodes.map(({ id }) => id).join('\n')),
    count: nodes.length,
    models: models.map((node) => [node.id, node.checksum, shapeOf(node)]),
  };
}

/** What the SQL of others depends on, beside names. */
function shapeOf({ relation, config, access, group }: ModelNode): string {
  const { database, name } = relation;
  return `${database}.${name} ${config.materialized ?? ''} ${access} ${group ?? ''}`;
}

/**
 * Nodes whose files may not hold any more, or `undefined` when that is all of them. What inlines a
 * changed ephemeral model is among them.
 */
export function outdatedNodes(
  session: ProjectSession,
  compared: {
    readonly record: CompileRecord;
    readonly request: CompileRequest;
    readonly graph: Graph;
  },
): ReadonlySet<NodeId> | undefined {
  const { record, request, graph } = compared;
  const isAlike =
    record.key === request.key &&
    record.selected === request.selected &&
    record.models.length === request.models.length;
  if (!isAlike || !hasSameEnvironment(session, record)) return undefined;
  const before = new Map(record.models.map((facts) => [facts[0], facts]));
  const outdated = new Set(record.unsettled);
  for (const [id, checksum, shape] of request.models) {
    const known = before.get(id);
    if (known?.[2] !== shape) return undefined;
    if (known[1] === checksum) continue;
    outdated.add(id);
    if (graph.manifest.nodes.get(id)?.config.materialized !== 'ephemeral') continue;
    for (const below of graph.descendants(id)) outdated.add(below);
  }
  return outdated;
}

/** Must come before files are written: a command that dies leaves no record of what it did not finish. */
export function forgetCompileRecord({ project }: ProjectSession): void {
  project.cache.write(NAME, '');
}

/** What compiling came to, beside the SQL. */
export interface Compiled extends Pick<CompileRecord, 'unsettled' | 'files' | 'diagnostics'> {
  readonly environmentVariables: Iterable<string>;
}

/** Remembers a compilation whose files and manifest have been written. */
export function keepCompileRecord(
  session: ProjectSession,
  request: CompileRequest,
  { environmentVariables, ...compiled }: Compiled,
): void {
  const { fingerprint } = graphInputs(session);
  const manifest = manifestStamp(session);
  const environment = Object.fromEntries(
    [...environmentVariables].map((name) => [name, fingerprint(name)]),
  );
  const record: CompileRecord = { ...request, environment, manifest, ...compiled };
  session.project.cache.write(NAME, JSON.stringify(record));
}
