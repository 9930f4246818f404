import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import type { Span } from '../../kernel/span.ts';
import { didYouMean, listOf } from '../../kernel/suggest.ts';

const quoted = (names: readonly string[]): string[] => names.map((name) => `\`${name}\``);

export function unknownClient(code: string, known: readonly string[]): Diagnostic {
  const listed = known.length === 0 ? undefined : listOf(quoted(known), 'and');
  return diagnostic('CX1150', `the project has no client \`${code}\``, {
    hint:
      didYouMean(code, known) ??
      (listed === undefined
        ? `write \`clients/${code}.yml\``
        : `its clients are ${listed}, the files in \`clients\``),
  });
}

export function noClients(): Diagnostic {
  return diagnostic('CX1150', 'the project has no clients', {
    hint: 'a client is a file `clients/<code>.yml`',
  });
}

export function badClientCode(code: string, file: string): Diagnostic {
  return diagnostic('CX1150', `\`${code}\` cannot be the code of a client`, {
    span: { file, start: 0, end: 0 },
    hint: 'name the file by lower-case letters, digits, `-` and `_`, at most 40, and not `all`',
  });
}

export function openSecrets(path: string): Diagnostic {
  return diagnostic('CX1151', `\`${path}\` can be read by other users of this machine`, {
    hint: `\`chmod 600 ${path}\``,
  });
}

export function nothingToSwitchOff(
  name: string,
  section: string,
  known: readonly string[],
  span: Span,
): Diagnostic {
  return diagnostic('CX1152', `\`${section}\` of the project has no \`${name}\` to switch off`, {
    span,
    hint:
      didYouMean(name, known) ??
      (known.length === 0 ? undefined : `it has ${listOf(quoted(known), 'and')}`),
  });
}

/** What two clients resolve to alike. */
interface SharedDatabase {
  readonly code: string;
  readonly other: string;
  readonly database: string;
  readonly address: string;
}

export function clientsShareDatabase(shared: SharedDatabase): Diagnostic {
  const { code, other, database, address } = shared;
  return diagnostic(
    'CX1153',
    `the clients \`${code}\` and \`${other}\` would both write to the database \`${database}\` on ${address}`,
    { hint: `give \`clients/${code}.yml\` a \`database\` of its own` },
  );
}
