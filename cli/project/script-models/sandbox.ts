import type { Context } from 'node:vm';
import { MODULE_PARAMETERS } from './module-code.ts';

/** What a module exports, by name. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/** A place where modules run that sees JavaScript itself and nothing of the machine. */
export interface Sandbox {
  /** Runs the code of a module; `load` gives what it imports. */
  run(code: string, path: string, load: (specifier: string) => ModuleExports): ModuleExports;
}

/** The time and chance would make two builds of the same data differ. */
const WITHOUT_TIME_AND_CHANCE = `
  delete Math.random;
  const refuse = () => { throw new Error('a model does not know the time: declare a variable such as \`as_of\`'); };
  globalThis.Date = class Date extends globalThis.Date {
    constructor(...parts) { if (parts.length === 0) refuse(); super(...parts); }
    static now() { return refuse(); }
  };
  delete globalThis.console;
  delete globalThis.WebAssembly;
`;

/** `Math`, `Map`, `Float64Array` and the others that can be constants; `eval` and `undefined` cannot. */
const NAMES_OF_GLOBALS = `
  Object.getOwnPropertyNames(globalThis)
    .filter((name) => /^[A-Z]/.test(name) || name.startsWith('is') || name.startsWith('parse'))
    .join(' ')
`;

/**
 * Makes an empty realm: no process, environment, files, network, timers or packages, and no code from text.
 * It keeps models from reaching for what they did not declare; it is no wall against hostile code.
 */
export async function createSandbox(): Promise<Sandbox> {
  const { Script, createContext } = await import('node:vm');
  const context: Context = createContext(Object.create(null) as Context, {
    codeGeneration: { strings: false, wasm: false },
  });
  new Script(WITHOUT_TIME_AND_CHANCE).runInContext(context);
  const names = (new Script(NAMES_OF_GLOBALS).runInContext(context) as string).split(' ');
  return {
    run: (code, path, load) => {
      // Node looks every use of a global up through an interceptor, which makes `Math.log` ten times as slow as a
      // constant of a function around the module. A module may still declare the names itself.
      const globals = `const {${names.join(',')}} = globalThis;`;
      const before = `(() => {${globals} return function (${MODULE_PARAMETERS}) {'use strict';`;
      const script = new Script(`${before}${code}\n};})()`, {
        filename: path,
        columnOffset: -before.length,
      });
      const body = script.runInContext(context) as (
        load: (specifier: string) => ModuleExports,
        out: Record<string, unknown>,
      ) => void;
      const exported: Record<string, unknown> = {};
      body(load, exported);
      return exported;
    },
  };
}
