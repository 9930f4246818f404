import type { YamlPath } from '../../cli/project/yaml.ts';
import type { Finding } from './finding.ts';
import type { Placed } from './values.ts';
import { textsBelow } from './values.ts';

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['an e-mail address', /[^\s@/:?&=]+@[^\s@/?&=]+\.[a-z]{2,}/i],
  ['a CPF', /\b\d{3}\.\d{3}\.\d{3}-\d{2}\b/],
  ['a phone number', /^\+\d{10,15}$|\(\d{2}\)\s?9?\d{4}-?\d{4}\b/],
];

/** Keys that say what stands in them, in English and Portuguese. */
const KEYS =
  /^(?:(?:customer|user|client|cliente)_?)?(?:e_?mail|phone(?:_?number)?|telefone|celular|cpf|document|documento|first_?name|last_?name|full_?name|nome(?:_completo)?|sobrenome)$|^(?:customer|user|cliente)_?name$/i;

/**
 * Personal data where Google Analytics forbids it. `user_data` beside `event` is meant for it: tags hash it, and
 * reports never see it. The data itself is not repeated.
 */
export function checkPersonalData({ fields, path }: Placed): readonly Finding[] {
  const { user_data: _meant, ...rest } = fields;
  return [...textsBelow(rest, path)].flatMap(({ text, path: at }): readonly Finding[] => {
    const what = text === '' ? undefined : personal(text, at);
    if (what === undefined) return [];
    return [
      {
        code: 'CX8236',
        path: at,
        message: `this text is ${what}`,
        hint: 'leave it out, or put it into `user_data` beside `event` where a tag needs it',
      },
    ];
  });
}

function personal(text: string, path: YamlPath): string | undefined {
  const found = PATTERNS.find(([, pattern]) => pattern.test(text))?.[0];
  const key = path.findLast((step) => typeof step === 'string') ?? '';
  return found ?? (KEYS.test(key) ? 'personal by the name of its key' : undefined);
}
