import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import { didYouMean, listOf } from '../kernel/suggest.ts';
import { describeValue, isScalar } from './values.ts';

/** A name with a dot is of a package, whose files are not the user's. */
export function unknownHelper(name: string, span: Span, known: Iterable<string>): Diagnostic {
  const file = name.includes('.')
    ? undefined
    : `a macro of this name would be the file \`macros/${name}.sql\``;
  return diagnostic('CX2010', `no helper or macro is named \`${name}\``, {
    span,
    label: 'called here',
    hint: didYouMean(name, known) ?? file,
  });
}

export function helperArguments(usage: string, problem: string, span: Span): Diagnostic {
  return diagnostic('CX2011', problem, { span, hint: `write \`${usage}\`` });
}

export function unknownVariable(
  name: string,
  span: Span,
  hints: { known: Iterable<string>; instead?: string | undefined },
): Diagnostic {
  return diagnostic('CX2012', `nothing defines \`${name}\``, {
    span,
    label: 'used here',
    hint:
      hints.instead === undefined ? didYouMean(name, hints.known) : `write \`${hints.instead}\``,
  });
}

export function unknownProperty(
  path: string,
  property: string,
  span: Span,
  known: Iterable<string>,
): Diagnostic {
  return diagnostic('CX2012', `\`${path}\` has no \`${property}\``, {
    span,
    hint: didYouMean(property, known),
  });
}

export function nothingEncloses(path: string, span: Span): Diagnostic {
  return diagnostic('CX2012', `\`${path}\` climbs out of the template`, {
    span,
    hint: 'each `../` leaves one enclosing `each` or `with`; `if` is not counted',
  });
}

/** `isCall`: the value is what a helper or macro with arguments gave, which stands in parentheses elsewhere. */
export function notRenderable(
  value: unknown,
  name: string,
  place: { readonly span: Span; readonly isCall: boolean },
): Diagnostic {
  const { span, isCall } = place;
  const list = isCall ? `(${name} …)` : name;
  return diagnostic('CX2013', `\`${name}\` is ${describeValue(value)}, which has no text`, {
    span,
    hint: Array.isArray(value)
      ? `write \`{{join ${list} ", "}}\` or \`{{literal ${list}}}\``
      : `pick one of its values: \`${isCall ? `{{lookup (${name} …) "key"}}` : `{{${name}.key}}`}\``,
  });
}

export function unknownPartial(name: string, span: Span, known: Iterable<string>): Diagnostic {
  return diagnostic('CX2014', `no macro or inline partial is named \`${name}\``, {
    span,
    label: 'included here',
    hint: didYouMean(name, known),
  });
}

export function scriptAsPartial(name: string, span: Span): Diagnostic {
  return diagnostic('CX2014', `the macro \`${name}\` is a script and cannot be a partial`, {
    span,
    hint: `call it: \`{{${name} …}}\``,
  });
}

export function noRelationHere(span: Span): Diagnostic {
  return diagnostic('CX2015', '`this` names no relation here', {
    span,
    hint: 'pass the relation as an argument, for example with `ref`',
  });
}

export function tooDeep(name: string, span: Span): Diagnostic {
  return diagnostic('CX2016', `\`${name}\` is called more than 100 levels deep`, {
    span,
    hint: 'end the recursion with an `{{#if}}`',
  });
}

export function missingArgument(macro: string, argument: string, span: Span): Diagnostic {
  return diagnostic('CX2020', `macro \`${macro}\` needs the argument \`${argument}\``, {
    span,
    hint: `add \`${argument}=…\` to the call`,
  });
}

export function unknownArgument(
  macro: string,
  argument: string,
  span: Span,
  known: readonly string[],
): Diagnostic {
  const names = known.map((name) => `\`${name}\``);
  const takes = names.length === 0 ? 'it takes no arguments' : `it takes ${listOf(names, 'and')}`;
  return diagnostic('CX2021', `macro \`${macro}\` has no argument \`${argument}\``, {
    span,
    hint: didYouMean(argument, known) ?? takes,
  });
}

export function argumentGivenTwice(macro: string, argument: string, span: Span): Diagnostic {
  return diagnostic('CX2021', `macro \`${macro}\` is given \`${argument}\` twice`, { span });
}

export function argumentType(
  call: { macro: string; argument: string; type: string },
  value: unknown,
  span: Span,
): Diagnostic {
  const { macro, argument, type } = call;
  return diagnostic(
    'CX2022',
    `argument \`${argument}\` of macro \`${macro}\` must be ${type}, not ${describeValue(value)}`,
    {
      span,
    },
  );
}

export function macroFailed(macro: string, error: unknown, span: Span): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  return diagnostic('CX2023', `macro \`${macro}\` failed: ${reason}`, {
    span,
    label: 'called here',
  });
}

export function unknownProjectVariable(
  name: string,
  span: Span,
  known: Iterable<string>,
): Diagnostic {
  return diagnostic('CX2030', `no variable \`${name}\` is set`, {
    span,
    hint:
      didYouMean(name, known) ??
      `set it under \`vars\` in the project file or give a default: \`{{var "${name}" "…"}}\``,
  });
}

/** `value`: what the variable is, or the first of its list that is not allowed. */
export function disallowedVariableValue(
  variable: {
    readonly name: string;
    readonly value: unknown;
    readonly allowed: readonly (string | number | boolean)[];
  },
  span: Span,
): Diagnostic {
  const { name, value, allowed } = variable;
  const shown = isScalar(value) ? `\`${value}\`` : describeValue(value);
  const values = `allowed: ${listOf(
    allowed.map((one) => `\`${one}\``),
    'and',
  )}`;
  const near = typeof value === 'string' ? didYouMean(value, allowed.map(String)) : undefined;
  return diagnostic('CX2034', `the variable \`${name}\` cannot be ${shown}`, {
    span,
    hint: near === undefined ? values : `${near} ${values}`,
  });
}

export function environmentVariableMissing(name: string, span: Span): Diagnostic {
  return diagnostic('CX2031', `the environment variable \`${name}\` is not set`, {
    span,
    hint: `set it in the environment or in \`.env\`, or give a default: \`{{env_var "${name}" "…"}}\``,
  });
}

export function secretInTemplate(name: string, span: Span): Diagnostic {
  return diagnostic('CX2032', `\`${name}\` is a secret and cannot be written into SQL`, {
    span,
    hint: `use \`\${${name}}\` in the settings of a target or connector`,
  });
}

export function unknownDoc(name: string, span: Span): Diagnostic {
  return diagnostic('CX2033', `no doc block is named \`${name}\``, {
    span,
    hint: `write \`{% docs ${name} %} … {% enddocs %}\` in a Markdown file of the project`,
  });
}
