import { textTable } from '../../report/table.ts';
import type { ProjectSession } from '../session.ts';
import { wrapped } from '../wrap-text.ts';
import type { Week } from './item.ts';
import type { Language, Words } from './language.ts';
import { languageOf } from './language.ts';
import type { LookedAt } from './look-at-items.ts';

const WIDEST_COLUMN = 90;

/** The names of the weeks, as the guides have them. */
export const WEEK_NAMES: Readonly<Record<Week, Words>> = {
  discovery: { en: 'Week 1: discovery', pt: 'Semana 1: descoberta' },
  tracking: { en: 'Week 2: tracking', pt: 'Semana 2: rastreamento' },
  integration: { en: 'Week 3: integration', pt: 'Semana 3: integração' },
  delivery: { en: 'Week 4: delivery', pt: 'Semana 4: entrega' },
  after: { en: 'After delivery', pt: 'Depois da entrega' },
};

/**
 * A table of all items, and below it what is left to do, in the language of the client. With `--json` each item is an
 * object on a line of its own.
 */
export function showChecklist(session: ProjectSession, found: readonly LookedAt[]): void {
  const language = languageOf(session.project);
  if (session.flags.json) {
    for (const one of found) session.print(JSON.stringify(jsonOf(one, language)));
    return;
  }
  const say = (words: Words) => words[language];
  const [week, item, done, task] = HEADS.map(say);
  const columns = [week ?? '', item ?? '', done ?? '', task ?? ''];
  const rows = found.map((one) => {
    const cells = [say(WEEK_NAMES[one.item.week]), one.item.id, mark(one, say), say(one.item.task)];
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
  });
  session.print(textTable(columns, rows, { widestColumn: WIDEST_COLUMN }));
  const left = found.filter(({ isDone }) => !isDone);
  const steps = left.map((one) => ({ id: one.item.id, step: say(nextStep(one)) }));
  for (const text of new Set(steps.map(({ step }) => step))) {
    const ids = steps.filter(({ step }) => step === text).map(({ id }) => id);
    session.print(`\n${ids.join(', ')}\n${indented(text)}`);
  }
  const count = found.length - left.length;
  session.note(
    say({
      en: `\n${count} of ${found.length} are done`,
      pt: `\n${count} de ${found.length} feitos`,
    }),
  );
}

const HEADS: readonly Words[] = [
  { en: 'week', pt: 'semana' },
  { en: 'item', pt: 'item' },
  { en: 'done', pt: 'feito' },
  { en: 'task', pt: 'tarefa' },
];

function mark({ isDone, tickedAt }: LookedAt, say: (words: Words) => string): string {
  if (!isDone) return '';
  return tickedAt === undefined
    ? say({ en: 'seen', pt: 'visto' })
    : say({ en: `ticked ${tickedAt.slice(0, 10)}`, pt: `marcado ${tickedAt.slice(0, 10)}` });
}

/** What is missing, or the task itself, and how it is ticked. */
function nextStep({ item, seen }: LookedAt): Words {
  if (seen !== undefined) return seen.words;
  const command = `\`cortex onboarding done ${item.id}\``;
  return { en: `when it is done: ${command}`, pt: `quando estiver feito: ${command}` };
}

function jsonOf({ item, isDone, tickedAt, seen }: LookedAt, language: Language) {
  return {
    item: item.id,
    week: item.week,
    task: item.task[language],
    status: isDone ? 'done' : 'open',
    by: item.look === undefined || (isDone && tickedAt !== undefined) ? 'hand' : 'state',
    ...(tickedAt === undefined ? {} : { tickedAt }),
    ...(seen === undefined ? {} : { seen: seen.words[language] }),
  };
}

function indented(text: string): string {
  return wrapped(text, 90)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
