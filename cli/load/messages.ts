import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { plural } from '../kernel/format.ts';
import { didYouMean, listOf } from '../kernel/suggest.ts';
import type { Relation } from '../manifest/relation.ts';
import type { DatabaseError } from '../warehouse/database-error.ts';
import { serverWords } from '../warehouse/messages.ts';
import type { FilePlace } from './place.ts';
import { placeText } from './place.ts';

const LONGEST_SHOWN = 60;

export function fileNotFound(
  file: string,
  details: { span?: FilePlace['span']; node?: string } = {},
): Diagnostic {
  return diagnostic('CX7001', `no file matches \`${file}\``, {
    ...details,
    hint: 'paths are relative to the project directory',
  });
}

export function fileUnreadable(place: FilePlace, reason: string): Diagnostic {
  return diagnostic('CX7002', `${placeText(place)} cannot be read`, { notes: [reason] });
}

export function brokenGzip(place: FilePlace, reason: string): Diagnostic {
  return diagnostic('CX7003', `${placeText(place)} is a damaged gzip file`, {
    notes: [reason],
    hint: 'fetch the file again; the copy is cut short or was changed',
  });
}

export function raggedRow(place: FilePlace, found: number, expected: number): Diagnostic {
  const names = plural(expected, 'column');
  return diagnostic('CX7004', `${placeText(place)} has ${plural(found, 'value')} for ${names}`, {
    span: place.span,
    hint:
      found > expected
        ? 'put quotes around a value that holds the delimiter'
        : 'an empty value still needs its delimiter',
  });
}

export function emptyHeader(place: FilePlace, position: number): Diagnostic {
  return diagnostic('CX7005', `${placeText(place)} gives column ${position} no name`, {
    span: place.span,
    hint: 'name every column in the first row',
  });
}

export function noHeader(place: FilePlace): Diagnostic {
  return diagnostic('CX7005', `${placeText(place)} is empty`, {
    span: place.span,
    hint: 'name the columns in the first row',
  });
}

export function repeatedHeader(place: FilePlace, name: string): Diagnostic {
  return diagnostic('CX7005', `${placeText(place)} names two columns \`${name}\``, {
    span: place.span,
    hint: 'rename one of them; upper and lower case count as equal',
  });
}

export function longHeader(place: FilePlace, name: string): Diagnostic {
  return diagnostic(
    'CX7005',
    `${placeText(place)} has a column name of ${Array.from(name).length} characters`,
    {
      span: place.span,
      hint: 'the server takes 64 at most',
    },
  );
}

export function otherDelimiter(place: FilePlace, delimiter: string): Diagnostic {
  const name = delimiter === '\t' ? '\\t' : delimiter;
  return diagnostic(
    'CX7010',
    `${placeText(place)} has one column, and its name holds \`${name}\``,
    {
      span: place.span,
      hint: `set \`delimiter: "${name}"\``,
    },
  );
}

export function badQuote(place: FilePlace, isOpen: boolean): Diagnostic {
  const what = isOpen
    ? 'opens a quote that is never closed'
    : 'has a quote inside a value or text after a closing quote';
  return diagnostic('CX7006', `${placeText(place)} ${what}`, {
    span: place.span,
    hint: 'put the whole value in quotes and double every quote in it: `"12"" pipe"`',
  });
}

export function badBytes(place: FilePlace, encoding: string): Diagnostic {
  return diagnostic('CX7007', `${placeText(place)} holds bytes that are not \`${encoding}\``, {
    span: place.span,
    hint:
      encoding.toLowerCase().replace('-', '') === 'utf8'
        ? 'save the file as UTF-8, or set its encoding: `encoding: latin1`'
        : 'set `encoding` to the one the file was written in',
  });
}

/** One value that is no number, date or text of its column's type. */
export interface Misfit {
  readonly value: string;
  readonly column: string;
  readonly type: string;
  readonly hint?: string | undefined;
}

export function valueDoesNotFit(place: FilePlace, misfit: Misfit, node?: string): Diagnostic {
  const shown =
    misfit.value.length <= LONGEST_SHOWN
      ? misfit.value
      : `${misfit.value.slice(0, LONGEST_SHOWN)}…`;
  const value = shown.replaceAll('`', "'").replace(/\s+/g, ' ');
  return diagnostic(
    'CX7008',
    `${placeText(place)}: \`${value}\` in column \`${misfit.column}\` does not fit \`${misfit.type}\``,
    { span: place.span, hint: misfit.hint, node },
  );
}

export function unknownFileColumn(
  place: FilePlace,
  name: string,
  setting: string,
  known: readonly string[],
): Diagnostic {
  const columns = listOf(
    known.map((column) => `\`${column}\``),
    'and',
  );
  return diagnostic(
    'CX7009',
    `${placeText(place)} has no column \`${name}\`, which \`${setting}\` names`,
    {
      span: place.span,
      hint: didYouMean(name, known) ?? `its columns are ${columns}`,
    },
  );
}

export function badFormat(message: string, place: FilePlace, hint: string): Diagnostic {
  return diagnostic('CX7010', `${message} (${placeText(place)})`, { span: place.span, hint });
}

export function rowRefused(place: FilePlace, reason: string, node?: string): Diagnostic {
  return diagnostic('CX7011', `the server refuses ${placeText(place)}`, {
    span: place.span,
    notes: [`server: ${reason}`],
    node,
  });
}

export function badJsonLine(place: FilePlace): Diagnostic {
  return diagnostic('CX7012', `${placeText(place)} is no JSON object`, {
    hint: 'write one object per line: `{"id": 1, "name": "a"}`',
  });
}

export function guessedThousands(place: FilePlace, column: string, value: string): Diagnostic {
  const read = value.replaceAll(',', '');
  return diagnostic(
    'CX7015',
    `${placeText(place)}: \`${value}\` in column \`${column}\` was read as ${read}`,
    {
      span: place.span,
      hint: 'set `locale: en-US` to say so, or `locale: pt-BR` where the comma is the decimal sign',
    },
  );
}

export function differentHeader(
  file: string,
  first: string,
  columns: { readonly missing: readonly string[]; readonly extra: readonly string[] },
): Diagnostic {
  const list = (names: readonly string[]) =>
    listOf(
      names.map((name) => `\`${name}\``),
      'and',
    );
  return diagnostic('CX7016', `\`${file}\` has other columns than \`${first}\``, {
    notes: [
      ...(columns.missing.length > 0 ? [`it lacks ${list(columns.missing)}`] : []),
      ...(columns.extra.length > 0 ? [`only it has ${list(columns.extra)}`] : []),
    ],
    hint: 'put files of another shape in a stream of their own',
  });
}

export function rawTableRefused(relation: Relation, error: DatabaseError): Diagnostic {
  return diagnostic('CX7018', `the server refuses the table \`${relation.name}\``, {
    notes: [serverWords(error), 'the table keeps its previous rows'],
    hint:
      error.kind === 'connection_lost'
        ? 'sync again'
        : 'check the types, keys and indexes of the stream and the privileges of the user',
  });
}
