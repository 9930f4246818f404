import type { SourceTexts } from '../kernel/span.ts';

/** Texts from several places: the project's files, arguments of flags, inline templates. The latest wins. */
export class TextSources implements SourceTexts {
  readonly #sources: SourceTexts[] = [];

  add(source: SourceTexts): void {
    this.#sources.unshift(source);
  }

  text(file: string): string | undefined {
    for (const source of this.#sources) {
      const text = source.text(file);
      if (text !== undefined) return text;
    }
    return undefined;
  }
}
