/// <reference types="handlebars" />

/**
 * Handlebars' parser by itself. The package's entry loads a compiler and a runtime too, which Cortex has
 * of its own: loading them takes longer than reading a small project.
 */
declare module 'handlebars/dist/cjs/handlebars/compiler/base.js' {
  export const parser: { readonly lexer: unknown };

  /** The tree before white space is controlled. */
  export function parseWithoutProcessing(text: string): hbs.AST.Program;

  /** Controls the white space of a tree. */
  export function parse(tree: hbs.AST.Program): hbs.AST.Program;
}
