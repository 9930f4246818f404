import type { Diagnostic } from '../../kernel/diagnostic.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { outcome } from '../../kernel/outcome.ts';
import type { NodeConfig } from '../../manifest/node-config.ts';
import type { SeedNode } from '../../manifest/node.ts';
import { badFormat, guessedThousands, unknownFileColumn, valueDoesNotFit } from '../messages.ts';
import { RowErrors } from './row-errors.ts';
import { misfitHint } from '../misfit-hint.ts';
import type { FilePlace } from '../place.ts';
import type { CellText, SeedColumn } from '../seed-table.ts';
import { columnType } from '../values/column-type.ts';
import { converter } from '../values/convert.ts';
import { inferType } from '../values/infer-type.ts';
import type { ValueFormat } from '../values/value-format.ts';
import { valueFormat } from '../values/value-format.ts';

type Rows = readonly (readonly CellText[])[];
type FindPlace = (row: number, column: number) => Promise<FilePlace>;

/** Types of all columns, declared or inferred, and the rows in the spelling that the server stores. */
export async function seedColumns(
  seed: SeedNode,
  names: readonly string[],
  rows: Rows,
  place: FindPlace,
): Promise<Outcome<{ columns: readonly SeedColumn[]; rows: Rows } | undefined>> {
  const unknown = unknownColumns(seed, names);
  if (unknown.length > 0) return outcome(undefined, unknown);
  const converted = rows.map((): CellText[] => []);
  const columns: SeedColumn[] = [];
  const diagnostics: Diagnostic[] = [];
  const misfits = new RowErrors();
  for (const [index, name] of names.entries()) {
    const format = columnFormat(seed, name);
    if (format.value === undefined) return outcome(undefined, format.diagnostics);
    const values = rows.map((row) => row[index] ?? null);
    const type = declaredType(seed.config, name);
    const inferred = type === undefined ? inferType(values, format.value) : { type };
    columns.push({ name, type: inferred.type });
    if (inferred.guessedThousands !== undefined) {
      const row = values.indexOf(inferred.guessedThousands);
      diagnostics.push(guessedThousands(await place(row, index), name, inferred.guessedThousands));
    }
    const convert = converter(columnType(inferred.type), format.value);
    for (const [row, value] of values.entries()) {
      const stored = value === null ? null : convert(value);
      converted[row]?.push(stored ?? null);
      if (value === null || stored !== undefined) continue;
      const { type: wanted } = inferred;
      const misfit = { value, column: name, type: wanted, hint: misfitHint(value, wanted) };
      await misfits.add(async () => valueDoesNotFit(await place(row, index), misfit, seed.id));
    }
  }
  const found = [...diagnostics, ...misfits.diagnostics];
  return outcome(misfits.isEmpty ? { columns, rows: converted } : undefined, found);
}

function declaredType(config: NodeConfig, name: string): string | undefined {
  return ofColumn(config.column_types, name);
}

function ofColumn<T>(
  settings: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  const found = Object.entries(settings ?? {}).find(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  );
  return found?.[1];
}

function unknownColumns(seed: SeedNode, names: readonly string[]): readonly Diagnostic[] {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const primaryKey = seed.config.primary_key ?? [];
  const settings = {
    column_types: Object.keys(seed.config.column_types ?? {}),
    column_formats: Object.keys(seed.config.column_formats ?? {}),
    primary_key: typeof primaryKey === 'string' ? [primaryKey] : primaryKey,
  };
  return Object.entries(settings).flatMap(([setting, mentioned]) =>
    mentioned
      .filter((name) => !known.has(name.toLowerCase()))
      .map((name) => unknownFileColumn({ file: seed.path, span: seed.span }, name, setting, names)),
  );
}

function columnFormat(seed: SeedNode, name: string): Outcome<ValueFormat | undefined> {
  const { locale, decimal, date_format } = seed.config;
  try {
    const format = valueFormat(
      { locale, decimal, date_format },
      ofColumn(seed.config.column_formats, name),
    );
    converter({ kind: 'date', sql: 'date' }, format);
    return outcome(format);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `the format of column \`${name}\` cannot be used: ${error.message}`;
    const place = { file: seed.path, span: seed.span };
    return outcome(undefined, [
      badFormat(message, place, 'for example `locale: pt-BR` and `date_format: DD/MM/YYYY`'),
    ]);
  }
}
