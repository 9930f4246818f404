import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { nodesOfType } from '../manifest/nodes-of-type.ts';
import type { CatalogSnapshot } from '../manifest/relation.ts';
import { fileStamp, namesIn } from '../platform/fs.ts';
import type { ServerFacts } from './compile-context.ts';
import { databasesOf } from './compile-context.ts';
import type { CompileServer } from './compile-server.ts';
import { graphInputs } from './load-graph.ts';
import type { ProjectSession } from './session.ts';
import { MANIFEST_FILE } from './write-artifacts.ts';

/** What the compiled files below the target path were made from, so that they are not made twice. */
export interface CompileRecord {
  /** Stands for everything but the texts of models. */
  readonly key: string;
  /** Stands for the texts as well. */
  readonly stamp: string;
  /** Databases whose catalog is part of the key. */
  readonly databases: readonly string[];
  /** Fingerprints of the environment variables that were asked for. */
  readonly environment: Readonly<Record<string, string>>;
  readonly models: readonly ModelFacts[];
  /** How many nodes were selected. */
  readonly count: number;
  /** Nodes to be compiled each time. */
  readonly unsettled: readonly NodeId[];
  /** Names of the compiled files by their folder, which is relative to the target path. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Tells whether `manifest.json` is the one that was written with the files. */
  readonly manifest: string;
  readonly reported: Reported;
}

/** What was said on the way to the selection. */
interface Reported {
  readonly parsing: readonly Diagnostic[];
  readonly selecting: readonly Diagnostic[];
}

/** A model of the manifest. `shape` is what others see of it and what it reads: all but its text. */
type ModelFacts = readonly [id: NodeId, checksum: string, shape: string, isSelected: boolean];

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
    // Written by `keep`, of this version of Cortex or another: then with another key.
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
  return stillHolds(session, server, record);
}

/** True while everything but the texts of models is as it was. */
export async function stillHolds(
  session: ProjectSession,
  server: CompileServer,
  record: CompileRecord,
): Promise<boolean> {
  if (!hasSameEnvironment(session, record)) return false;
  const catalog = await server.catalog(record.databases);
  return record.key === keyOf(session, await server.facts(), catalog);
}

/**
 * The selected nodes whose SQL may differ where a record still holds. `undefined` when more than the
 * texts of models may have changed: what one of them looks like to others, or what it reads.
 */
export function outdatedNodes(
  record: CompileRecord,
  manifest: Manifest,
): ReadonlySet<NodeId> | undefined {
  const models = nodesOfType(manifest.nodes, 'model');
  if (models.length !== record.models.length) return undefined;
  const before = new Map(record.models.map((facts) => [facts[0], facts]));
  const outdated = new Set(record.unsettled);
  for (const model of models) {
    const [, checksum, shape, isSelected] = before.get(model.id) ?? [];
    if (shape !== shapeOf(model)) return undefined;
    if (checksum === model.checksum) continue;
    if (model.config.materialized === 'ephemeral') return undefined;
    if (isSelected === true) outdated.add(model.id);
  }
  return outdated;
}

function shapeOf({ relation, config, access, group, dependsOn }: ModelNode): string {
  const { materialized = '' } = config;
  return JSON.stringify([
    relation.database,
    relation.name,
    materialized,
    access,
    group ?? '',
    ...dependsOn,
  ]);
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

/** Must come before files are written: a command that dies leaves no record of what it did not finish. */
export function forgetCompileRecord({ project }: ProjectSession): void {
  project.cache.write(NAME, '');
}

/** A compilation whose files and manifest have been written. */
export interface Compilation extends Pick<CompileRecord, 'unsettled' | 'files' | 'reported'> {
  readonly manifest: Manifest;
  readonly server: ServerFacts;
  readonly catalog: CatalogSnapshot;
  /** Ids of the nodes that the files are of. */
  readonly selected: ReadonlySet<NodeId>;
  readonly environmentVariables: Iterable<string>;
}

export function keepCompileRecord(session: ProjectSession, made: Compilation): void {
  const { manifest, selected, unsettled, files, reported } = made;
  keep(session, {
    key: keyOf(session, made.server, made.catalog),
    stamp: graphInputs(session).stamp(),
    databases: databasesOf(manifest),
    environment: fingerprints(session, made.environmentVariables),
    models: nodesOfType(manifest.nodes, 'model').map((model) =>
      factsOf(model, selected.has(model.id)),
    ),
    count: selected.size,
    unsettled,
    files,
    manifest: manifestStamp(session),
    reported,
  });
}

/** What an update of some nodes changes in a record. */
export interface Update extends Pick<CompileRecord, 'unsettled' | 'reported'> {
  readonly manifest: Manifest;
  readonly environmentVariables: Iterable<string>;
}

export function updateCompileRecord(
  session: ProjectSession,
  record: CompileRecord,
  { manifest, environmentVariables, unsettled, reported }: Update,
): void {
  const selected = new Set(
    record.models.flatMap(([id, , , isSelected]) => (isSelected ? [id] : [])),
  );
  keep(session, {
    ...record,
    stamp: graphInputs(session).stamp(),
    environment: { ...record.environment, ...fingerprints(session, environmentVariables) },
    models: nodesOfType(manifest.nodes, 'model').map((model) =>
      factsOf(model, selected.has(model.id)),
    ),
    unsettled,
    manifest: manifestStamp(session),
    reported,
  });
}

function factsOf(model: ModelNode, isSelected: boolean): ModelFacts {
  return [model.id, model.checksum, shapeOf(model), isSelected];
}

function fingerprints(
  session: ProjectSession,
  names: Iterable<string>,
): CompileRecord['environment'] {
  const { fingerprint } = graphInputs(session);
  return Object.fromEntries([...names].map((name) => [name, fingerprint(name)]));
}

function keep({ project }: ProjectSession, record: CompileRecord): void {
  project.cache.write(NAME, JSON.stringify(record));
}
