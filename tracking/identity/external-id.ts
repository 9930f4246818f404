import { nonEmpty } from './text.ts';

/** `opaque`: the shop's own number of a customer. `cpf`: checked as one, and better not sent at all. */
export type ExternalIdKind = 'opaque' | 'cpf';

/** Lower case without white space; a CPF as eleven digits whose check digits are right. */
export function externalId(text: string, kind: ExternalIdKind): string | undefined {
  return kind === 'cpf' ? cpf(text) : nonEmpty(text.toLowerCase().replaceAll(/\s/g, ''));
}

function cpf(text: string): string | undefined {
  const digits = text.replaceAll(/\D/g, '');
  if (digits === '' || digits.length > 11) return undefined;
  const whole = digits.padStart(11, '0');
  if (/^(\d)\1*$/.test(whole)) return undefined;
  const isRight = [9, 10].every((count) => checkDigit(whole.slice(0, count)) === whole[count]);
  return isRight ? whole : undefined;
}

/** The digit that follows 9 or 10 digits: weights from their number plus one down to two, modulo 11. */
function checkDigit(digits: string): string {
  const sum = Array.from(digits).reduce(
    (total, digit, index) => total + Number(digit) * (digits.length + 1 - index),
    0,
  );
  return String(((sum * 10) % 11) % 10);
}
