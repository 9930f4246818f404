/** Something Handlebars accepts and Cortex does not, or the reason why Handlebars gave up; becomes CX2001. */
export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError';
  /** Offsets in the file. */
  readonly range: { readonly start: number; readonly end: number };

  constructor(message: string, range: { readonly start: number; readonly end: number }) {
    super(message);
    this.range = range;
  }
}
