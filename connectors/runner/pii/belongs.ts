import type { Mark } from './marks.ts';

/**
 * Whether a record is a person's, by what is known of the person. An address, a document or an account decides;
 * a telephone number only where nothing in the record names somebody else, since numbers are shared.
 */
export function belongs(marks: readonly Mark[], isKnown: (mark: Mark) => boolean): boolean {
  let hasNumber = false;
  let hasStranger = false;
  for (const mark of marks) {
    const known = isKnown(mark);
    if (known && mark.kind !== 'phone') return true;
    if (known) hasNumber = true;
    else if (mark.kind === 'email' || mark.kind === 'document') hasStranger = true;
  }
  return hasNumber && !hasStranger;
}
