import { z } from 'zod';

/** A credential. It prints as `[secret]` everywhere; only what sends it asks for its text. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }
}

/** A setting that holds a credential. */
export function secret() {
  return z
    .string()
    .min(1)
    .transform((text) => new Secret(text));
}
