import type { Diagnostic } from '../cli/kernel/diagnostic.ts';
import { diagnostic } from '../cli/kernel/diagnostic.ts';
import type { Outcome } from '../cli/kernel/outcome.ts';
import { outcome } from '../cli/kernel/outcome.ts';
import { didYouMean, listOf } from '../cli/kernel/suggest.ts';
import type { FreeSection } from '../cli/project/project.ts';
import { keySpanAt } from '../cli/project/yaml.ts';
import type { Connector, ConnectorStream } from './connector.ts';

/** All connectors; each is loaded when a project uses it. */
const CONNECTORS: Readonly<Record<string, () => Promise<Connector>>> = {
  files: async () => (await import('./files/connector.ts')).files,
};

/** A connector of the project, with its streams in the order of the file. */
export interface ConfiguredConnector {
  readonly name: string;
  readonly streams: readonly ConnectorStream[];
}

/** Reads `connectors` of a project: everything that is wrong in it, or all that can be synced. */
export async function configureConnectors(
  section: FreeSection | undefined,
  project: { readonly directory: string; readonly database: string },
): Promise<Outcome<readonly ConfiguredConnector[]>> {
  const configured: ConfiguredConnector[] = [];
  const diagnostics: Diagnostic[] = [];
  const entries = section?.yaml.kind === 'map' ? section.yaml.entries : [];
  for (const { key, value } of entries) {
    const load = CONNECTORS[key];
    if (section === undefined || load === undefined) {
      diagnostics.push(unknownConnector(key, section));
      continue;
    }
    const connector = await load();
    const streams = connector.configure({ yaml: value, file: section.file, ...project });
    diagnostics.push(...streams.diagnostics);
    configured.push({ name: key, streams: streams.value });
  }
  return outcome(configured, diagnostics);
}

function unknownConnector(name: string, section: FreeSection | undefined): Diagnostic {
  const known = Object.keys(CONNECTORS);
  const names = listOf(
    known.map((connector) => `\`${connector}\``),
    'and',
  );
  return diagnostic('CX7014', `there is no connector \`${name}\``, {
    ...(section === undefined ? {} : { span: keySpanAt(section.yaml, [], name, section.file) }),
    hint: didYouMean(name, known) ?? `the connectors are ${names}`,
  });
}
