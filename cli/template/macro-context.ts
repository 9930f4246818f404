import type { Capabilities } from '../manifest/capabilities.ts';

/** What `target` shows to a template. Never a password. */
export interface TemplateTarget {
  readonly name: string;
  readonly database: string;
  readonly threads: number;
  readonly host: string;
  readonly user: string;
}

/** What a script macro gets beside its arguments. These are the types that the package exports. */
export interface MacroContext {
  readonly capabilities: Capabilities;
  readonly target: TemplateTarget;
  readonly client: Readonly<Record<string, string>>;
  readonly identifier: (name: string) => string;
  readonly literal: (value: string | number | bigint | boolean | null) => string;
}
