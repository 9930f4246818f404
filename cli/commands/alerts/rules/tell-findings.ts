import { sha256 } from '../../../kernel/hash.ts';
import type { AlertsConfig } from '../../../project/alerts-config.ts';
import type { Database } from '../../../warehouse/database.ts';
import type { ProjectSession } from '../../session.ts';
import type { AlertMessage } from '../message.ts';
import { messageOf } from '../message-of.ts';
import type { Observation } from '../observation.ts';
import { alertChanges } from '../alert-changes.ts';
import { tellChannels } from '../tell-channels.ts';
import type { Finding } from './evaluate-rules.ts';
import { ruleFigures } from './rule-figures.ts';
import { ruleTexts, subjectOf } from './rule-texts.ts';

interface FindingObservation extends Observation {
  readonly finding: Finding;
}

/**
 * Tells the channels what is out of range, once for each rule, dimension and day, and what is back in range. What could
 * not be judged changes nothing. Never fails the command.
 */
export async function tellFindings(
  session: ProjectSession,
  database: Database,
  config: AlertsConfig,
  findings: readonly Finding[],
): Promise<void> {
  const texts = ruleTexts(session.project.client.locale);
  await tellChannels(session, database, config, async (store) => {
    const observations = findings.flatMap((finding) => observationOf(finding));
    const { bad, recovered } = await alertChanges(store, observations, {
      now: session.world.clock.now(),
      repeatMs: Infinity,
    });
    const messages: AlertMessage[] = [];
    const day = findings[0]?.day ?? '';
    if (bad.length > 0) {
      const lines = bad.map(({ finding }) => texts.line(finding));
      const figures = bad.map(({ finding }) => ruleFigures(finding));
      const title = texts.outOfRange(bad.length, day);
      messages.push({ ...messageOf(session, 'metric', title, lines), figures });
    }
    if (recovered.length > 0 && config.on.includes('recovered')) {
      const lines = recovered.map(({ observation }) => texts.line(observation.finding));
      const title = texts.backInRange(recovered.length, day);
      messages.push(messageOf(session, 'recovered', title, lines));
    }
    return messages;
  });
}

/** The day and the side stand for the alert: another day is another one. */
function observationOf(finding: Finding): FindingObservation[] {
  const { rule, dimension, day, judgement } = finding;
  const { verdict, changePct } = judgement;
  if (verdict !== 'in_range' && verdict !== 'out_of_range') return [];
  const side = changePct?.lt(0) === true ? '-' : '+';
  return [
    {
      key: `metric:${rule.name}:${dimension === undefined ? '' : sha256(dimension)}`,
      isBad: verdict === 'out_of_range',
      fingerprint: `${day}${side}`,
      line: subjectOf(finding),
      finding,
    },
  ];
}
