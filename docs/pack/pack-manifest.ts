import { fileURLToPath } from 'node:url';
import { BUILT_IN_TEST_NAMES } from '../../cli/compile/tests/names.ts';
import type { Manifest } from '../../cli/manifest/manifest.ts';
import { parseProject } from '../../cli/parse/parse-project.ts';
import { loadProject } from '../../cli/project/load-project.ts';

/** The model pack at the root of this repository, every platform switched on. */
export async function packManifest(): Promise<Manifest> {
  const { value: project, diagnostics } = await loadProject({
    projectDir: fileURLToPath(new URL('../..', import.meta.url)),
    environment: {},
    usesCache: false,
  });
  if (project === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const parsed = parseProject(project, { builtInTests: BUILT_IN_TEST_NAMES });
  const [mistake] = parsed.diagnostics.filter(({ severity }) => severity === 'error');
  if (mistake !== undefined) throw new Error(mistake.message);
  return parsed.value;
}
