import { email } from './email.ts';
import { externalId } from './external-id.ts';
import type { Normalized } from './hashed.ts';
import { hashedValue } from './hashed.ts';
import type { FieldContext } from './meta.ts';
import { phoneDigits } from './phone.ts';

/** Identifiers of TikTok's `user` that are hashed. */
export type TikTokField = 'email' | 'phone' | 'external_id';

/** Events API 2.0. The telephone number is hashed with its plus, which TikTok's own pages leave open. */
export function tikTokIdentifier(
  field: TikTokField,
  value: string | null | undefined,
  context: FieldContext,
): Normalized | undefined {
  return hashedValue(value, (text) => RULES[field](text, context));
}

const RULES: Readonly<
  Record<TikTokField, (text: string, context: FieldContext) => string | undefined>
> = {
  email,
  phone: (text, { country }) => {
    const digits = phoneDigits(text, country);
    return digits === undefined ? undefined : `+${digits}`;
  },
  external_id: (text, { externalIdKind }) => externalId(text, externalIdKind),
};
