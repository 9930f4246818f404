import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX20xx: templates and macros. */
export const TEMPLATE_CODES = {
  CX2001: errorCode(
    'template-syntax',
    'A template that Handlebars cannot parse',
    'The template is not well formed at the place shown: a block that is not closed, or braces that do not match. Write `\\{{` for a literal pair of braces.',
  ),
  CX2010: errorCode(
    'unknown-helper',
    'A template calls a helper or macro that does not exist',
    'Something with arguments must be a helper of Cortex, a macro of the project (the file name under `macros/`), a macro of a package (`package.macro`) or one of the shipped library. Check the spelling; nothing is ever rendered as empty text in silence.',
  ),
  CX2011: errorCode(
    'helper-arguments',
    'A helper is called with arguments it does not take',
    'The number, the names or the types of the arguments do not fit the helper. The message says what it takes.',
  ),
  CX2012: errorCode(
    'unknown-variable',
    'A template uses a name that nothing defines',
    'A name without arguments is looked up among block parameters, the values of the enclosing block, the arguments of the macro, and then `this`, `target`, `client`, `is_incremental` and `run_started_at`. Inside `{{#each}}` and `{{#with}}` names of the outside are reached with `../`. Variables of the project are read with `{{var "name"}}`.',
  ),
  CX2013: errorCode(
    'not-renderable',
    'A value that has no text',
    'A list or an object cannot be written into SQL as it is. Join a list (`{{join list ", "}}`), quote it (`{{literal list}}`) or pick a value of it.',
  ),
  CX2014: errorCode(
    'unknown-partial',
    'A template includes a partial that does not exist',
    'The name after `{{>` must be a macro or a partial defined with `{{#*inline}}` in the same template.',
  ),
  CX2015: errorCode(
    'no-relation-here',
    '`this` is used where no relation is built',
    '`this` is the relation that a model, seed or snapshot builds. Macros and operations that run on their own, and descriptions, have none.',
  ),
  CX2016: errorCode(
    'template-too-deep',
    'Templates that call each other without an end',
    'Macros or partials called each other more than a hundred levels deep, which is nearly always a macro that calls itself without a condition that ends it.',
  ),
  CX2020: errorCode(
    'macro-argument-missing',
    'A macro is called without an argument it requires',
    'The macro declares the argument in YAML (or uses the name in its body) and gives no default. Pass it by name: `{{macro argument="value"}}`.',
  ),
  CX2021: errorCode(
    'macro-argument-unknown',
    'A macro is called with an argument it does not have',
    'Arguments are those declared in the properties file of the macro; without a declaration they are the names that its body uses. Check the spelling or declare the argument.',
  ),
  CX2022: errorCode(
    'macro-argument-type',
    'A macro argument has another type than declared',
    'The properties file declares the type of the argument (string, number, integer, boolean, list, dict, relation, column, expression or any) and the call passes something else. Lists and dictionaries are written `(list …)` and `(dict key=value)`.',
  ),
  CX2023: errorCode(
    'macro-failed',
    'A macro refused its arguments or failed',
    'The function of the macro threw an error while it was computing the SQL. The message is its own.',
  ),
  CX2030: errorCode(
    'unknown-project-variable',
    'A variable that nobody set',
    '`var` found no value: neither `--vars` nor `vars` in the project file nor a package sets the name, and the call gives no default. Set it, or pass a default as second argument.',
  ),
  CX2031: errorCode(
    'environment-variable-missing',
    'An environment variable that is not set',
    '`env_var` found no value in the environment or in `.env`, and the call gives no default. Set it, or pass a default as second argument.',
  ),
  CX2032: errorCode(
    'secret-in-template',
    'A secret would be written into SQL',
    'Names beginning with `CORTEX_SECRET_` or `DBT_ENV_SECRET_` hold secrets. Rendered text is sent to the server, written to `target/` and shown in errors, so templates cannot read them. Use `${NAME}` in the settings of a target or connector instead.',
  ),
  CX2033: errorCode(
    'unknown-doc',
    'A doc block that does not exist',
    '`doc` names no block of the Markdown files of the project.',
  ),
  CX2034: errorCode(
    'variable-value-not-allowed',
    'A variable with a value that is not allowed',
    'The place shown reads the variable with `one_of`, a list of the values it may have, and its value is none of them. Where the variable is a list, each of its values must be allowed. Text and numbers differ: `"1"` is not `1`. Correct the value in `--vars`, in `vars` of the project file or in the file of the client.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
