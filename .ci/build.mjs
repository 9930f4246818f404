// Bundles the command line and what connectors of other packages import: its own code, and those packages
// whose many modules take longer to find and read than to run. All others are loaded from where npm puts them.
// The bundle is made of chunks of CommonJS, which cli/platform/load-chunk.ts runs; what is imported from outside
// is an ES module that only names the exports of a chunk.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { build } from 'esbuild';

const INLINED = new Set([
  'commander',
  'csv-parse',
  'graphology',
  'handlebars',
  'kysely',
  'mysql2',
  'pino',
  'yaml',
  'zod',
]);

const FOLDER = 'dist/cli';
/** What is imported from outside of the bundle. */
const ENTRIES = /^(cli\/(start|properties-thread)\.ts|connectors\/sdk\/.*)$/;

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const COMMON = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies).filter((name) => !INLINED.has(name)),
  logLevel: 'warning',
};

const { outputFiles, metafile } = await build({
  ...COMMON,
  entryPoints: [
    'cli/start.ts',
    'cli/properties-thread.ts',
    'connectors/sdk/*.ts',
    'connectors/sdk/columns/*.ts',
  ],
  outdir: FOLDER,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  splitting: true,
  metafile: true,
  write: false,
  define: { 'import.meta.url': 'importMeta.url', 'import.meta.resolve': 'importMeta.resolve' },
});
await init;
refuseCircles(new Map(outputFiles.map(({ path, text }) => [basename(path), chunksOf(text)])));
for (const { path, text } of outputFiles) {
  writeFileSync(join(FOLDER, chunkName(path)), commonJs(path, text));
}
for (const [path, { entryPoint = '', exports }] of Object.entries(metafile.outputs)) {
  if (ENTRIES.test(entryPoint)) writeModule(entryPoint, exports, chunkName(path));
}
await build({
  ...COMMON,
  entryPoints: ['cli/main.ts', 'cli/platform/load-chunk.ts'],
  outdir: FOLDER,
  entryNames: '[name]',
  plugins: [{ name: 'start', setup: leaveStart }],
});
chmodSync(join(FOLDER, 'main.js'), 0o755);

function chunkName(path) {
  return basename(path).replace(/\.js$/, '.cjs');
}

/**
 * A chunk as a function of what its loader gives it. Imported names are constants, which are faster than
 * properties of what exports them: no chunk imports itself by way of others, and no export changes its value.
 */
function commonJs(path, text) {
  const [imports, exports] = parse(text);
  for (const { ln: name } of exports) refuseChanges(path, text, name);
  let written = '(function (module, require, importModule, importMeta) {"use strict";';
  let end = 0;
  for (const { d: bracket, ss: start, se, n: from } of imports) {
    written += text.slice(end, start);
    end = bracket < 0 ? se : bracket;
    written += bracket < 0 ? requireCall(text.slice(start, se), from) : 'importModule';
  }
  written += text
    .slice(end)
    .replace(
      /^export \{([^}]*)\};$/m,
      (_, names) => `module.exports = {${named(names, '$2: $1')}};`,
    )
    .replace(/^export default ([^;]+);$/m, 'module.exports = { default: $1 };');
  return `${written.replace(/\b(require|importModule)\("(\.\/[^"]+)\.js"\)/g, '$1("$2.cjs")')}})\n`;
}

function requireCall(statement, from) {
  const call = `require(${JSON.stringify(from)})`;
  const [, names] = /^import \{([^}]*)\}/.exec(statement) ?? [];
  if (names !== undefined) return `const {${named(names, '$1: $2')}} = ${call}`;
  const [, name] = /^import ([\w$]+) from/.exec(statement) ?? [];
  if (name !== undefined) return `const ${name} = ${call}`;
  if (statement.startsWith('import "')) return call;
  throw new Error(`no way to write as a call of require: ${statement}`);
}

function named(names, order) {
  return names.replace(/([\w$]+) as ([\w$]+)/g, order);
}

function chunksOf(text) {
  return parse(text)[0]
    .filter(({ d, n }) => d === -1 && n.startsWith('./'))
    .map(({ n }) => n.slice('./'.length));
}

function refuseCircles(importsOf) {
  const done = new Set();
  const visit = (name, way) => {
    if (way.includes(name)) throw new Error(`chunks in a circle: ${[...way, name].join(' > ')}`);
    if (done.has(name)) return;
    for (const other of importsOf.get(name)) visit(other, [...way, name]);
    done.add(name);
  };
  for (const name of importsOf.keys()) visit(name, []);
}

/** One assignment is the declaration of a variable; functions and classes have none. */
function refuseChanges(path, text, name) {
  if (name === undefined) return;
  const escaped = name.replaceAll('$', '\\$');
  const count = (pattern) => [...text.matchAll(new RegExp(pattern, 'g'))].length;
  const assigned = count(
    `(?<![.#\\w$])${escaped}\\s*(?:\\+\\+|--|(?:[-+*/%&|^]|\\?\\?|\\|\\||&&|<<|>>)?=(?![=>]))`,
  );
  const declared = count(`(?:^|\\n)(?:async )?(?:function\\*?|class) ${escaped}[ (]`) > 0 ? 0 : 1;
  if (assigned > declared) throw new Error(`${path} exports ${name}, which seems to change`);
}

/** `dist/connectors/sdk/http.js`, for `connectors/sdk/http.ts`. */
function writeModule(entryPoint, exports, chunk) {
  const path = join('dist', entryPoint.replace(/\.ts$/, '.js'));
  const loader = posix.relative(posix.dirname(path), `${FOLDER}/load-chunk.js`);
  const from = loader.startsWith('.') ? loader : `./${loader}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `import { loadChunk } from ${JSON.stringify(from)};\nexport const { ${exports.join(', ')} } = loadChunk(${JSON.stringify(`./${chunk}`)});\n`,
  );
}

function leaveStart({ onResolve }) {
  onResolve({ filter: /^\.\/start\.ts$/ }, () => ({ path: './start.js', external: true }));
}
