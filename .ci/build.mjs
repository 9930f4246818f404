// Bundles the command line and what connectors of other packages import: its own code, and those packages
// whose many modules take longer to find and read than to run. All others are loaded from where npm puts them.
import { chmodSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';

const INLINED = new Set([
  'kysely',
  'csv-parse',
  'mysql2',
  'pino',
  'yaml',
  'zod',
  'handlebars',
  'graphology',
]);

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
await build({
  entryPoints: ['cli/main.ts', 'connectors/sdk/*.ts', 'connectors/sdk/columns/*.ts'],
  outbase: '.',
  outdir: 'dist',
  chunkNames: 'cli/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Packages in CommonJS ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  external: Object.keys(dependencies).filter((name) => !INLINED.has(name)),
  logLevel: 'warning',
});
chmodSync('dist/cli/main.js', 0o755);
