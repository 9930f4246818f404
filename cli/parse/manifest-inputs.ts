import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import { conversionDestinations } from '../project/conversion-destinations.ts';
import type { Project } from '../project/project.ts';
import { builtInMacros } from '../template/library/registry.ts';
import type { Declared } from './environment.ts';
import type { ManifestInputs } from './manifest-cache.ts';

/** Stands for all that a template sees beside its own text and the environment variables. */
export function templatesKey(project: Project, { macros, docs }: Declared): string {
  const seen = { shared: sharedParts(project), macros: [...macros.values()], docs: [...docs] };
  return sha256(stableStringify(seen)).slice(0, 16);
}

/** Stands for everything that a manifest is made from. */
export function manifestInputs(
  project: Project,
  format: string,
  builtInTests: ReadonlySet<string> | undefined,
): ManifestInputs {
  const parts = {
    format,
    builtInTests: builtInTests === undefined ? null : [...builtInTests],
    shared: sharedParts(project),
    version: project.version,
    library: builtInMacros().map(({ node }) => [node.id, node.checksum]),
    packages: project.packages.map(({ files: _files, configYaml: _yaml, ...rest }) => rest),
    flags: project.flags,
    conversions: conversionDestinations(project),
  };
  const files = project.packages.flatMap((each) => each.files);
  const others = files.map((file) => [
    file.path,
    file.kind,
    file.kind === 'model' ? '' : project.checksums.of(file),
  ]);
  const key = sha256(`${stableStringify(parts)}${JSON.stringify(others)}`);
  return {
    key,
    stamp: () => sha256(`${key}${files.map((file) => project.checksums.of(file)).join('')}`),
    fingerprint: (name) => {
      const value = project.environment[name];
      return value === undefined ? '' : sha256(`${format}${value}`).slice(0, 16);
    },
  };
}

function sharedParts({ name, target, client, variables }: Project): unknown {
  return {
    name,
    client,
    target: [
      target.name,
      target.database,
      target.threads,
      target.type === 'mysql' ? [target.host, target.user] : [],
    ],
    variables: [
      variables.commandLine,
      [...variables.rootPackages],
      variables.root,
      [...variables.packages],
    ],
  };
}
