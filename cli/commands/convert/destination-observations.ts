import type { SendSummary } from '../../../tracking/outbox/sender.ts';
import { plural } from '../../kernel/format.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { Observation } from '../alerts/observation.ts';

/** Why a destination stopped, and what to do. */
export function stoppedText(name: string, { state, code }: SendSummary): string {
  const remedy =
    state === 'pause_auth'
      ? 'renew its token or its permissions'
      : 'check its ids and the features and terms of the account';
  return `${name} stopped (${code ?? 'no code'}): ${remedy}; nothing is lost`;
}

/**
 * Whether a destination takes conversions, and whether some were refused for good; a run without any says nothing of
 * that.
 * @param refusedLater events of earlier runs that it had taken first
 */
export function destinationObservations(
  name: string,
  summary: SendSummary,
  refusedLater: number,
): readonly Observation[] {
  const { state, code, delivered } = summary;
  const refusals = summary.refused + refusedLater;
  const key = `conversions:${name}`;
  const pause = {
    key,
    isBad: state !== 'ok',
    fingerprint: sha256(`${state} ${code ?? ''}`).slice(0, 16),
    line: state === 'ok' ? `conversions ${name}` : `conversions ${stoppedText(name, summary)}`,
  };
  if (refusals === 0 && delivered === 0) return [pause];
  const events = plural(refusals, 'event');
  const refused = {
    key: `${key}:refused`,
    isBad: refusals > 0,
    fingerprint: 'refused',
    line:
      refusals === 0
        ? `conversions ${name}: what is sent is accepted`
        : `conversions ${name}: ${events} refused for good; \`cortex convert report\` says why`,
  };
  return [pause, refused];
}
