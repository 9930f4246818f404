import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { unreadableFile } from '../project/messages.ts';
import type { Project, ProjectFile } from '../project/project.ts';
import type { FileDeclarations } from '../project/properties/declarations.ts';
import { readManyProperties } from '../project/properties/read-many.ts';
import type { TemplateEnvironment } from '../template/environment.ts';
import { parseTemplate } from '../template/parse.ts';
import { changedModels } from './changed-models.ts';
import { checkNodes } from './check-nodes.ts';
import { DraftList } from './drafts.ts';
import { addConversions } from './conversions.ts';
import { createEnvironment } from './environment.ts';
import type { Declared } from './environment.ts';
import { addExposures } from './exposures.ts';
import { createFileAnalyses } from './file-analyses.ts';
import { addGenericTests } from './generic-tests.ts';
import { readDocs, readGroups } from './groups.ts';
import { linkNodes } from './link.ts';
import { readMacros } from './macros.ts';
import type { ManifestInputs, Remembered } from './manifest-cache.ts';
import { readManifest, recalled, writeChanges, writeManifest } from './manifest-cache.ts';
import { manifestInputs, templatesKey } from './manifest-inputs.ts';
import { addModels } from './models.ts';
import { addOperations } from './operations.ts';
import type { ParseCache } from './parse-cache.ts';
import { createParseCache } from './parse-cache.ts';
import { PARSE_CAPABILITIES, PARSE_TIME } from './parse-time.ts';
import { createConfigResolver } from './resolve-config.ts';
import { addSeeds } from './seeds.ts';
import { addSingularTests } from './singular-tests.ts';
import { addSnapshots } from './snapshots.ts';
import { addSources } from './sources.ts';
import { addUnitTests } from './unit-tests.ts';
import type { PropertiesFile, Workspace } from './workspace.ts';
import { NO_REFERENCES } from './workspace.ts';

export interface ParseOptions {
  /** Names of the tests that ship with Cortex; when given, other names must be macros of the project. */
  readonly builtInTests?: Iterable<string>;
  /** Collects the names of the environment variables that the manifest is made from. */
  readonly environmentVariables?: Set<string>;
}

/** What the manifest of a project is made from, without making it. Asked twice, it answers at once. */
export function parseInputs(project: Project, options: ParseOptions = {}): ManifestInputs {
  const { builtInTests } = options;
  const known = INPUTS.get(project);
  if (known !== undefined && known.builtInTests === builtInTests) return known.inputs;
  const names = builtInTests === undefined ? undefined : new Set(builtInTests);
  const inputs = manifestInputs(project, formatOf(project), names);
  INPUTS.set(project, { builtInTests, inputs });
  return inputs;
}

const INPUTS = new WeakMap<
  Project,
  { readonly builtInTests: Iterable<string> | undefined; readonly inputs: ManifestInputs }
>();

/** Changes when what the caches hold changes its shape. */
const CACHE_FORMAT = '3';

/**
 * Makes the manifest of a project: every node, checked and linked. Mistakes are diagnostics, never thrown.
 * Results are kept below the target path, and give the same manifest as a parse without them.
 */
export function parseProject(project: Project, options: ParseOptions = {}): Outcome<Manifest> {
  const builtInTests =
    options.builtInTests === undefined ? undefined : new Set(options.builtInTests);
  const inputs = parseInputs(project, options);
  const asked = options.environmentVariables ?? new Set<string>();
  const remembered = readManifest(project.cache, inputs);
  const known =
    remembered === undefined ? undefined : fromMemory(project, inputs, remembered, asked);
  if (known !== undefined) return known;
  const cache = createParseCache(project.cache, formatOf(project));
  const { parsed, fileConfigs } = parseAfresh(project, { cache, asked, builtInTests });
  cache.save();
  project.checksums.save();
  writeManifest(project.cache, inputs, parsed, { environmentVariables: asked, fileConfigs });
  return parsed;
}

function formatOf(project: Project): string {
  return `${CACHE_FORMAT} ${project.cortexVersion}`;
}

/** The kept manifest with the models that changed since; `undefined` when more has to be done. */
function fromMemory(
  project: Project,
  inputs: ManifestInputs,
  remembered: Remembered,
  asked: Set<string>,
): Outcome<Manifest> | undefined {
  const environmentOf = environments(project, remembered.manifest, asked);
  const changed = changedModels(project, remembered, environmentOf);
  if (changed === undefined) return undefined;
  project.checksums.save();
  for (const name of changed.environmentVariables) asked.add(name);
  if (changed.models.length > 0)
    writeChanges(project.cache, inputs, remembered, { ...changed, environmentVariables: asked });
  for (const name of Object.keys(remembered.environment)) asked.add(name);
  return recalled(remembered, changed.models);
}

interface Parsing {
  readonly cache: ParseCache;
  /** Collects the environment variables that templates ask for. */
  readonly asked: Set<string>;
  readonly builtInTests: ReadonlySet<string> | undefined;
}

interface Parsed {
  readonly parsed: Outcome<Manifest>;
  readonly fileConfigs: Readonly<Record<string, string>>;
}

function parseAfresh(project: Project, parsing: Parsing): Parsed {
  const diagnostics: Diagnostic[] = [];
  const properties = readAllProperties(project, parsing.cache, diagnostics);
  const macros = readMacros(project, properties, diagnostics);
  const docs = readDocs(project, diagnostics);
  const groups = readGroups(properties, diagnostics);
  const workspace: Workspace = {
    project,
    diagnostics,
    properties,
    macros,
    docs,
    groups,
    rule: {
      targetName: project.target.name,
      targetDatabase: project.target.database,
      naming: project.flags.schema_naming ?? 'suffix',
    },
    environmentOf: environments(project, { macros, docs }, parsing.asked),
  };
  const list = new DraftList(diagnostics);
  const resolveConfig = createConfigResolver(workspace);
  const analyses = createFileAnalyses(workspace, parsing.cache, templatesKey(project, workspace));
  addSources(list, workspace, resolveConfig);
  addSeeds(list, workspace, resolveConfig);
  addModels(list, workspace, analyses, resolveConfig);
  addSnapshots(list, workspace, analyses, resolveConfig);
  addSingularTests(list, workspace, analyses, resolveConfig);
  addGenericTests({ list, workspace, resolveConfig, builtInTests: parsing.builtInTests });
  addUnitTests(list, workspace, resolveConfig);
  addExposures(list, workspace, resolveConfig);
  addConversions(list, workspace);
  addOperations(list, workspace);
  const linked = linkNodes(list, workspace);
  checkNodes(linked, workspace);
  for (const name of analyses.environmentVariables) parsing.asked.add(name);
  const manifest = {
    projectName: project.name,
    projectVersion: project.version,
    nodes: linked.enabled,
    disabled: linked.disabled,
    macros,
    docs,
    groups,
  };
  return {
    parsed: outcome(manifest, diagnostics),
    fileConfigs: Object.fromEntries(list.fileConfigs),
  };
}

function readAllProperties(
  project: Project,
  cache: ParseCache,
  diagnostics: Diagnostic[],
): readonly PropertiesFile[] {
  const files = project.packages
    .flatMap((owner) => owner.files)
    .filter((file) => file.kind === 'properties');
  readNews(project, cache, files);
  return files.flatMap((file) => {
    const declarations = cache.get<FileDeclarations>(file.path, project.checksums.of(file));
    if (declarations === undefined) {
      diagnostics.push(unreadableFile(file.path));
      return [];
    }
    diagnostics.push(...declarations.diagnostics);
    return [{ file, declarations }];
  });
}

/** Reads the files that are not known as they are. */
function readNews(project: Project, cache: ParseCache, files: readonly ProjectFile[]): void {
  const news = files.flatMap((file) => {
    const key = project.checksums.of(file);
    if (cache.get(file.path, key) !== undefined) return [];
    const text = project.texts.text(file.path);
    return text === undefined ? [] : [{ path: file.path, text, key }];
  });
  const read = readManyProperties(news, () => parseTemplates(project));
  for (const [index, { path, key }] of news.entries()) cache.set(path, key, read[index]);
}

/** Parses all models, for whoever asks for their templates next. */
function parseTemplates({ packages, texts }: Project): void {
  for (const { kind, path } of packages.flatMap((owner) => owner.files)) {
    const text = kind === 'model' ? texts.text(path) : undefined;
    if (text !== undefined) parseTemplate({ path, text });
  }
}

/** The environments of packages while parsing; made when first asked for. */
function environments(
  project: Project,
  declared: Declared,
  asked: Set<string>,
): (packageName: string) => TemplateEnvironment {
  const made = new Map<string, TemplateEnvironment>();
  return (packageName) => {
    const before = made.get(packageName);
    if (before !== undefined) return before;
    const run = { capabilities: PARSE_CAPABILITIES, runStartedAt: PARSE_TIME, packageName };
    const base = createEnvironment(project, declared, run);
    const environmentVariable = (name: string): string | undefined => {
      asked.add(name);
      return base.environmentVariable(name);
    };
    const environment = { ...base, ...NO_REFERENCES, environmentVariable };
    made.set(packageName, environment);
    return environment;
  };
}
