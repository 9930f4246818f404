import { sha256 } from '../kernel/hash.ts';
import type { BaseEnvironment } from '../template/environment.ts';
import type { CompileContext } from './context.ts';

/** Values that templates asked for, by package and name. Environment variables are kept as hashes: they may be secrets. */
export interface EnvironmentReads {
  readonly variables: readonly (readonly [packageName: string, name: string, value: string])[];
  readonly environment: readonly (readonly [packageName: string, name: string, hash: string])[];
  readonly docs: readonly (readonly [packageName: string, name: string, text: string])[];
}

export interface RecordedContext {
  readonly context: CompileContext;
  /** What was read, or `undefined` when it holds for this run only. */
  reads(): EnvironmentReads | undefined;
}

/** A context that answers as the given one and remembers what it was asked. */
export function recordReads(context: CompileContext): RecordedContext {
  const variables = new Map<string, readonly [string, string, string]>();
  const environment = new Map<string, readonly [string, string, string]>();
  const docs = new Map<string, readonly [string, string, string]>();
  let readsTime = false;
  const recording = (packageName: string): BaseEnvironment => {
    const base = environmentOf(context, packageName);
    return {
      ...base,
      get runStartedAt() {
        readsTime = true;
        return base.runStartedAt;
      },
      variable: (name) => {
        const value = base.variable(name);
        variables.set(`${packageName}.${name}`, [packageName, name, textOf(value)]);
        return value;
      },
      environmentVariable: (name) => {
        const value = base.environmentVariable(name);
        environment.set(`${packageName}.${name}`, [packageName, name, hashOf(value)]);
        return value;
      },
      doc: (name) => {
        const text = base.doc(name);
        docs.set(`${packageName}.${name}`, [packageName, name, textOf(text)]);
        return text;
      },
    };
  };
  return {
    context: { ...context, environmentOf: recording },
    reads: () =>
      readsTime
        ? undefined
        : {
            variables: [...variables.values()],
            environment: [...environment.values()],
            docs: [...docs.values()],
          },
  };
}

/** True when everything that was read would be read again. */
export function isStillTrue(reads: EnvironmentReads, context: CompileContext): boolean {
  const at = (packageName: string): BaseEnvironment => environmentOf(context, packageName);
  return (
    reads.variables.every(([from, name, value]) => textOf(at(from).variable(name)) === value) &&
    reads.docs.every(([from, name, text]) => textOf(at(from).doc(name)) === text) &&
    reads.environment.every(
      ([from, name, hash]) => hashOf(at(from).environmentVariable(name)) === hash,
    )
  );
}

function environmentOf(context: CompileContext, packageName: string): BaseEnvironment {
  return context.environmentOf?.(packageName) ?? context.environment;
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

function hashOf(value: string | undefined): string {
  return value === undefined ? '' : sha256(value);
}
