import { diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import type { Pipeline } from '../../project/pipelines/read-pipelines.ts';
import { readPipelines } from '../../project/pipelines/read-pipelines.ts';
import type { ProjectSession } from '../session.ts';

/** The pipeline of a name. Throws CX7702 for one that is not there. */
export function findPipeline(session: ProjectSession, name: string): Pipeline {
  const pipelines = session.check(readPipelines(session.project));
  const found = pipelines.find((one) => one.name === name);
  if (found !== undefined) return found;
  const known = pipelines.map((one) => one.name);
  const hint =
    didYouMean(name, known) ?? `there are ${known.map((one) => `\`${one}\``).join(', ')}`;
  throw new CortexError([diagnostic('CX7702', `there is no pipeline \`${name}\``, { hint })]);
}
