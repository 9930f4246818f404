import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import { didYouMean, listOf } from '../kernel/suggest.ts';

const quoted = (names: readonly string[]): string[] => names.map((name) => `\`${name}\``);

export function projectNotFound(directory: string): Diagnostic {
  return diagnostic('CX1104', `no \`cortex_project.yml\` in \`${directory}\` or above it`, {
    hint: 'change into a project, pass `--project-dir`, or start one with `cortex init`',
  });
}

export function unreadableFile(file: string): Diagnostic {
  return diagnostic('CX1105', `\`${file}\` cannot be read as UTF-8 text`, {
    span: { file, start: 0, end: 0 },
    hint: 'check its permissions and save it as UTF-8',
  });
}

export function missingVariable(name: string, span: Span): Diagnostic {
  return diagnostic('CX1120', `the environment variable \`${name}\` is not set`, {
    span,
    label: 'needed here',
    hint: `set it in the environment or in \`.env\`, or give a default: \`\${${name}:-default}\``,
  });
}

export function unknownTarget(
  name: string,
  known: readonly string[],
  span: Span | undefined,
): Diagnostic {
  const nearby = didYouMean(name, known);
  return diagnostic('CX1110', `the project has no target \`${name}\``, {
    span,
    hint: nearby ?? `its targets are ${listOf(quoted(known), 'and')}`,
  });
}

export function incompleteTarget(name: string, missing: readonly string[], span: Span): Diagnostic {
  return diagnostic('CX1111', `target \`${name}\` has no ${listOf(quoted(missing), 'and')}`, {
    span,
    hint: 'a target of type `mysql` needs `user`, `database`, and a `host` or a `socket`',
  });
}

export function addressOfLocalTarget(name: string, key: string, span: Span): Diagnostic {
  return diagnostic('CX1111', `target \`${name}\` is of type \`local\` and takes no \`${key}\``, {
    span,
    hint: 'remove the key, or use `type: mysql` for a server that is already there',
  });
}

export function targetDatabaseTooLong(name: string, database: string, span: Span): Diagnostic {
  return diagnostic(
    'CX1101',
    `the database \`${database}\` of target \`${name}\` has more than 64 characters`,
    {
      span,
      hint: 'give the target a shorter `database`',
    },
  );
}

export function twoSpellings(key: string, other: string, span: Span): Diagnostic {
  return diagnostic('CX1101', `\`${key}\` and \`${other}\` are the same key`, {
    span,
    hint: 'keep one of them',
  });
}

export function packageWithoutProject(directory: string, span: Span): Diagnostic {
  return diagnostic(
    'CX1131',
    `the package directory \`${directory}\` has no readable \`cortex_project.yml\``,
    { span },
  );
}

export function duplicatePackage(name: string, span: Span): Diagnostic {
  return diagnostic('CX1131', `two packages are named \`${name}\``, {
    span,
    hint: 'give one of them another `name` in its project file',
  });
}

export function scriptNotLoaded(span: Span, detail: string): Diagnostic {
  return diagnostic('CX1140', `the script macro \`${span.file}\` cannot be loaded`, {
    span,
    notes: [detail],
  });
}

export function scriptExports(file: string, functions: readonly string[]): Diagnostic {
  const found =
    functions.length === 0 ? 'no function' : `the functions ${listOf(quoted(functions), 'and')}`;
  return diagnostic('CX1140', `the script macro \`${file}\` exports ${found} in place of one`, {
    span: { file, start: 0, end: 0 },
    hint: 'export exactly one function from the file',
  });
}

export function modelNotLoaded(span: Span, detail: string): Diagnostic {
  return diagnostic('CX1141', `the model \`${span.file}\` cannot be loaded`, {
    span,
    notes: [detail],
  });
}
