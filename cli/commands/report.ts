import { resolve } from 'node:path';
import { CortexError } from '../kernel/errors.ts';
import { writeTexts } from '../platform/fs.ts';
import type { AlertMessage } from './alerts/message.ts';
import { messageText } from './alerts/message.ts';
import { readAlerts } from './alerts/read-alerts.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { keepLog } from './keep-log.ts';
import { loadGraph } from './load-graph.ts';
import { noReport } from './messages.ts';
import { openDatabase } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

/**
 * `cortex report`: the key figures of the last complete day through the channels of alerts, once for each day; with
 * `--file` as an HTML file and nowhere else.
 */
export const report: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { readReport } = await import('../project/alert-rules/read-report.ts');
    const { manifest } = await loadGraph(session);
    const figures = session.check(readReport(session.project, manifest));
    if (figures.length === 0) throw new CortexError([noReport()]);
    const { reportFile, alertsDryRun } = session.flags;
    const sends = reportFile === undefined && !alertsDryRun;
    const config = sends ? readAlerts(session) : undefined;
    const { lastCompleteDay } = await import('./alerts/rules/last-complete-day.ts');
    const { evaluateRules } = await import('./alerts/rules/evaluate-rules.ts');
    const { reportMessage } = await import('./alerts/report/report-message.ts');
    const { clock, signal } = session.world;
    const day = lastCompleteDay(session.project, clock.now());
    await keepLog(session);
    await using database = await openDatabase(session);
    const { findings, problems } = await evaluateRules(database, figures, { day, signal });
    session.report(problems);
    if (findings.length === 0) return EXIT.failed;
    const message = reportMessage(session, day, findings);
    if (session.flags.json) session.print(JSON.stringify(message));
    else session.print(messageText(message, { sparklines: true }));
    if (reportFile !== undefined && !alertsDryRun) await writeFile(session, reportFile, message);
    if (config !== undefined) {
      const { sendReport } = await import('./alerts/report/send-report.ts');
      await sendReport(session, database, config, { day, message });
    }
    return EXIT.good;
  });

/** `{day}` in the name stands for the day of the report. */
async function writeFile(
  session: ProjectSession,
  name: string,
  message: AlertMessage,
): Promise<void> {
  const { renderChart } = await import('./alerts/chart/render-chart.ts');
  const { reportHtml } = await import('./alerts/report/report-html.ts');
  const figures = message.figures ?? [];
  const day = figures[0]?.day ?? message.at.slice(0, 10);
  const path = resolve(session.project.directory, name.replaceAll('{day}', day));
  const chart = await renderChart(figures, message.locale);
  writeTexts([[path, reportHtml(message, chart)]]);
  session.note(`the report is in ${path}`);
}
