import type { ProjectSession } from '../../session.ts';
import type { AlertMessage } from '../message.ts';
import { messageOf } from '../message-of.ts';
import type { Finding } from '../rules/evaluate-rules.ts';
import { ruleFigures } from '../rules/rule-figures.ts';
import { ruleTexts } from '../rules/rule-texts.ts';

/** The daily report as a message: a line for each figure, or one that says that the day has none. */
export function reportMessage(
  session: ProjectSession,
  day: string,
  findings: readonly Finding[],
): AlertMessage {
  const texts = ruleTexts(session.project.client.locale);
  const title = texts.reportTitle(day);
  if (findings.every(({ judgement }) => judgement.value === undefined)) {
    return messageOf(session, 'report', title, [texts.noFigures]);
  }
  const lines = findings.map((finding) => texts.reportLine(finding));
  return { ...messageOf(session, 'report', title, lines), figures: findings.map(ruleFigures) };
}
