import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKLIST } from '../../cli/commands/onboarding/checklist.ts';
import type { ChecklistItem } from '../../cli/commands/onboarding/item.ts';
import { WEEKS } from '../../cli/commands/onboarding/item.ts';
import type { Language, Words } from '../../cli/commands/onboarding/language.ts';
import { WEEK_NAMES } from '../../cli/commands/onboarding/show-checklist.ts';

const BEGIN = '<!-- checklist -->';
const END = '<!-- /checklist -->';

/** The guides of a new client: what is between the marks is the checklist that `cortex onboarding` prints. */
export function onboardingPages(): Readonly<Record<string, string>> {
  return {
    'onboarding.md': withChecklist('onboarding.md', 'en'),
    'pt-BR/onboarding.md': withChecklist('pt-BR/onboarding.md', 'pt'),
  };
}

function withChecklist(page: string, language: Language): string {
  const text = readFileSync(join(import.meta.dirname, '..', page), 'utf8');
  const [before = '', rest = ''] = text.split(BEGIN);
  const [, after = ''] = rest.split(END);
  return `${before}${BEGIN}\n\n${checklist(language)}\n${END}${after}`;
}

function checklist(language: Language): string {
  const say = (words: Words) => words[language];
  return WEEKS.map((week) => {
    const items = CHECKLIST.filter((item) => item.week === week);
    return `## ${say(WEEK_NAMES[week])}\n\n${items.map((item) => itemLine(item, say)).join('\n')}\n`;
  }).join('\n');
}

function itemLine(
  { id, task, guide, look, byHand }: ChecklistItem,
  say: (words: Words) => string,
): string {
  const page = guide === undefined ? '' : ` ([${say(GUIDE)}](${say(guide)}))`;
  const how = say(look === undefined ? BY_HAND : byHand === undefined ? SEEN : BOTH);
  return `- [ ] \`${id}\` · ${say(task)}${page} · *${how}*`;
}

const GUIDE: Words = { en: 'guide', pt: 'guia' };
const SEEN: Words = { en: 'seen', pt: 'visto' };
const BY_HAND: Words = { en: 'ticked', pt: 'marcado' };
const BOTH: Words = { en: 'seen and ticked', pt: 'visto e marcado' };
