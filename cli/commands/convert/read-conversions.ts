import type { ConversionsConfig } from '../../../tracking/outbox/settings-schema.ts';
import { conversionsSchema } from '../../../tracking/outbox/settings-schema.ts';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import { conversionDestinations } from '../../project/conversion-destinations.ts';
import { interpolate } from '../../project/interpolate.ts';
import { validate } from '../../project/validate.ts';
import type { ProjectSession } from '../session.ts';

const CODES = { invalid: 'CX7503', unknownKey: 'CX7503' } as const;

/** The settings of the chosen destinations, with the environment in them; of all without names. */
export function readConversions(
  session: ProjectSession,
  wanted: readonly string[],
): ConversionsConfig {
  const names = destinationNames(session, wanted);
  const section = session.project.conversions;
  if (section === undefined) throw new CortexError([noDestination('conversions', [])]);
  const filled = interpolate(section.yaml, session.project.environment, section.file);
  const checked = validate(conversionsSchema, session.check(filled), section.file, CODES);
  if (checked.value === undefined) throw new CortexError(checked.diagnostics);
  const { destinations, ...shared } = checked.value;
  const chosen = Object.entries(destinations).filter(([name]) => names.includes(name));
  return { ...shared, destinations: Object.fromEntries(chosen) };
}

/** Names of the chosen destinations, of all without a choice. Throws CX7504 for one that is not there. */
export function destinationNames(
  { project }: ProjectSession,
  wanted: readonly string[],
): readonly string[] {
  const known = conversionDestinations(project).map(({ name }) => name);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined || known.length === 0) {
    throw new CortexError([noDestination(unknown ?? 'conversions', known)]);
  }
  return wanted.length === 0 ? known : wanted;
}

function noDestination(name: string, known: readonly string[]): Diagnostic {
  const hint =
    known.length === 0
      ? 'write `conversions.destinations` into cortex_project.yml; docs/conversions.md shows how'
      : (didYouMean(name, known) ?? `there are ${known.map((one) => `\`${one}\``).join(', ')}`);
  return diagnostic('CX7504', `there is no conversion destination \`${name}\``, { hint });
}
