import { readText } from '../../platform/fs.ts';
import { EXIT } from '../invocation.ts';
import { openDatabase } from '../open-database.ts';
import { resultsTable } from './demo-results.ts';
import type { TypedCommands } from '../typed-commands.ts';

/** The table of what landed, and what to type next. */
export async function showResults(steps: TypedCommands, directory: string): Promise<number> {
  return steps.inProject('ls', {}, async (session) => {
    await using database = await openDatabase(session);
    session.note('');
    session.print(await resultsTable(database));
    session.note(whatNext(directory, modelOf(readText(session.targetFile('manifest.json')))));
    return EXIT.good;
  });
}

/** Models that most people ask for first. */
const FAMILIAR = ['fct_orders', 'dim_customers', 'dim_dates'];

/** One of the models that the build found. */
function modelOf(manifest: string | undefined): string | undefined {
  const { nodes = {} } = JSON.parse(manifest ?? '{}') as { readonly nodes?: object };
  const names = Object.keys(nodes)
    .filter((id) => id.startsWith('model.'))
    .map((id) => id.slice(id.lastIndexOf('.') + 1));
  return FAMILIAR.find((name) => names.includes(name)) ?? names[0];
}

function whatNext(directory: string, model: string | undefined): string {
  const built =
    model === undefined
      ? []
      : [
          [`npx cortex build --select ${model}+`, 'one model and everything below it'],
          [`npx cortex show ${model} --limit 10`, 'its rows'],
        ];
  const commands = [
    ...built,
    [`npx cortex show --inline "select * from {{source 'nuvemshop' 'orders'}}"`, 'raw rows'],
    ['npx cortex server stop', 'stops the private server; the data stays'],
  ];
  const lines = commands.map(([command = '', what = '']) => `  ${command.padEnd(42)} ${what}`);
  return `
Revenue is that of paid orders as each platform says; Analytics sees a part of them, and some twice.

What to try next, in ${directory}:
${lines.join('\n')}
\`cortex demo --keep-serving\` goes on serving the platforms, so that \`cortex sync\` works there too.`;
}
