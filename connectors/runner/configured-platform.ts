import type { Span } from '../../cli/kernel/span.ts';
import type { PlatformDefinition, Stream } from '../sdk/definition.ts';
import type { RawPlace } from './flatten/raw-shape.ts';
import type { PiiMode } from './pii/treatment.ts';
import type { Retention } from './settings/retention.ts';

/** A platform of a project: its definition with the project's settings, all checked. */
export interface ConfiguredPlatform {
  readonly definition: PlatformDefinition;
  readonly accounts: readonly ConfiguredAccount[];
  /** Those that the project asks for, in the order of the definition. */
  readonly streams: readonly ConfiguredStream[];
  /** First day that is read; `undefined` for a year before the first sync. */
  readonly startDate: string | undefined;
  readonly place: RawPlace;
}

export interface ConfiguredAccount {
  readonly id: string;
  /** What the definition's schema made of the settings; credentials are `Secret`s. */
  readonly settings: unknown;
  /** Stands in for all origins of the platform. */
  readonly origin: string | undefined;
  /** The account's file below `.cortex/credentials`. */
  readonly credentialsPath: string;
  readonly span: Span;
}

export interface ConfiguredStream {
  readonly stream: Stream;
  readonly pii: PiiMode;
  /** How long records are kept as they are; for ever unless said. */
  readonly retention?: Retention;
}
