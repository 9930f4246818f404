/** A piece of template as Handlebars parsed it, with offsets in the user's file. */
export type Statement = TextStatement | OutputStatement | BlockStatement | PartialStatement;

interface Ranged {
  /** Offsets in the file that holds the template. */
  readonly start: number;
  readonly end: number;
}

/** Characters that are copied, whitespace control already applied. */
interface TextStatement extends Ranged {
  readonly kind: 'text';
  readonly text: string;
}

/** `{{name}}`, `{{helper a b=c}}`. */
export interface OutputStatement extends Ranged {
  readonly kind: 'output';
  readonly call: CallExpression;
}

/** `{{#name …}} … {{else}} … {{/name}}`; `{{^name}}` has only an inverse. */
export interface BlockStatement extends Ranged {
  readonly kind: 'block';
  readonly call: CallExpression;
  readonly program: Program | undefined;
  readonly inverse: Program | undefined;
}

/** `{{> name context a=b}}`, and `{{#> name}} … {{/name}}` with a block. */
export interface PartialStatement extends Ranged {
  readonly kind: 'partial';
  /** A name as written, or an expression that gives it. */
  readonly name: string | Expression;
  readonly nameRange: Ranged;
  readonly context: Expression | undefined;
  readonly named: readonly NamedArgument[];
  readonly block: Program | undefined;
  /** White space before a partial that stands alone on its line: repeated before every line of it. */
  readonly indent: string;
}

/** `{{#*inline "name"}} … {{/inline}}`, visible in the whole program that holds it. */
export interface InlinePartial {
  readonly name: Expression;
  readonly program: Program;
}

export interface Program {
  readonly statements: readonly Statement[];
  readonly blockParameters: readonly string[];
  readonly inlines: readonly InlinePartial[];
}

export type Expression = LiteralExpression | PathExpression | CallExpression;

export interface LiteralExpression extends Ranged {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null | undefined;
}

/** `a.b`, `this`, `../x`, `@index`. */
export interface PathExpression extends Ranged {
  readonly kind: 'path';
  readonly original: string;
  readonly parts: readonly string[];
  readonly depth: number;
  /** `@name`. */
  readonly isData: boolean;
  /** Begins with `this` or a dot: never a helper or block parameter. */
  readonly isScoped: boolean;
}

/** A head with arguments. A head without any may be a variable as well as a helper. */
export interface CallExpression extends Ranged {
  readonly kind: 'call';
  readonly path: PathExpression;
  readonly values: readonly Expression[];
  readonly named: readonly NamedArgument[];
  /** Has arguments or stands in parentheses: only a helper or macro can answer. */
  readonly isDefinite: boolean;
}

export interface NamedArgument extends Ranged {
  readonly name: string;
  readonly value: Expression;
}

/** A parsed template. */
export interface Template {
  /** Project-relative path, for spans. */
  readonly file: string;
  readonly program: Program;
}
