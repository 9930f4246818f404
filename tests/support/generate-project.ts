import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MODELS_PER_FOLDER = 100;

/**
 * Writes a project of `count` plausible models into a directory: folders of a hundred models, each with a
 * properties file (descriptions, columns, tests), each model reading one or two earlier ones.
 */
export async function generateProject(
  directory: string,
  count: number,
  options: { readonly database: string; readonly target?: string },
): Promise<void> {
  const target =
    options.target ?? `    type: local\n    database: ${options.database}\n    threads: 4\n`;
  await mkdir(directory, { recursive: true });
  await writeFile(
    join(directory, 'cortex_project.yml'),
    `name: generated\nversion: 1.0.0\ntarget: bench\ntargets:\n  bench:\n${target}vars:\n  lowest: 0\n`,
  );
  for (let first = 0; first < count; first += MODELS_PER_FOLDER) {
    await writeFolder(directory, first, Math.min(first + MODELS_PER_FOLDER, count));
  }
}

async function writeFolder(directory: string, first: number, end: number): Promise<void> {
  const folder = join(directory, 'models', `area_${first / MODELS_PER_FOLDER}`);
  await mkdir(folder, { recursive: true });
  const numbers = Array.from({ length: end - first }, (_, index) => first + index);
  await Promise.all(
    numbers.map((number) => writeFile(join(folder, `${modelName(number)}.sql`), modelSql(number))),
  );
  const properties = numbers.map(modelProperties).join('');
  await writeFile(join(folder, '_models.yml'), `version: 2\n\nmodels:\n${properties}`);
}

export function modelName(number: number): string {
  return `model_${String(number).padStart(5, '0')}`;
}

function modelSql(number: number): string {
  if (number === 0) return 'select 1 as id, 10 as amount, 0 as depth\n';
  const parent = modelName(Math.floor(number / 3));
  return `{{config materialized="table" tags=(list "generated" "area_${number % 7}")}}

with parent as (
    select
        id,
        amount,
        depth
    from {{ref "${parent}"}}
),

kept as (
    select
        id + 1 as id,
        amount * 2 as amount,
        depth + 1 as depth
    from parent
    {{#if (is_incremental)}}
    where depth > 0
    {{/if}}
)

select
    id,
    amount,
    depth
from kept
where amount >= {{var "lowest"}}
`;
}

function modelProperties(number: number): string {
  return `  - name: ${modelName(number)}
    description: Generated model number ${number}.
    columns:
      - name: id
        description: Identifies a row.
        data_tests: [unique, not_null]
      - name: amount
        description: What the row is worth.
      - name: depth
        description: Models between this one and the first.
`;
}
