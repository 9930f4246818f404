import type { BaseEnvironment } from '../template/environment.ts';
import type { CompileContext } from './context.ts';

/** What templates asked for that no file of the project says. */
interface WatchedReads {
  readonly environmentVariables: ReadonlySet<string>;
  /** True once the time of the run was asked for, which no other run gives again. */
  readonly time: boolean;
}

export interface WatchedContext {
  readonly context: CompileContext;
  /** What was read since this was last asked. */
  takeReads(): WatchedReads;
}

/** A context that answers as the given one and remembers what it was asked. */
export function watchReads(context: CompileContext): WatchedContext {
  let environmentVariables = new Set<string>();
  let time = false;
  const watched = new Map<string, BaseEnvironment>();
  const watch = (base: BaseEnvironment): BaseEnvironment => ({
    ...base,
    get runStartedAt() {
      time = true;
      return base.runStartedAt;
    },
    environmentVariable: (name) => {
      environmentVariables.add(name);
      return base.environmentVariable(name);
    },
  });
  const environmentOf = (packageName: string): BaseEnvironment => {
    const known = watched.get(packageName);
    if (known !== undefined) return known;
    const made = watch(context.environmentOf?.(packageName) ?? context.environment);
    watched.set(packageName, made);
    return made;
  };
  return {
    context: { ...context, environmentOf },
    takeReads: () => {
      const taken = { environmentVariables, time };
      environmentVariables = new Set();
      time = false;
      return taken;
    },
  };
}
