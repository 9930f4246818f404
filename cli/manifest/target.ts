/** How a session of the target is set up, beyond what Cortex always sets. */
export interface SessionSettings {
  readonly sqlMode?: string;
  /** `+00:00` unless written otherwise. */
  readonly timeZone?: string;
  readonly charset?: string;
  readonly collation?: string;
  readonly isolation?: 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE' | 'READ UNCOMMITTED';
}

export interface SslSettings {
  /** Path of a PEM file with the authority's certificates. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly verify: boolean;
}

interface TargetBase {
  readonly name: string;
  /** The MySQL database (schema) that models are built in. */
  readonly database: string;
  readonly threads: number;
  readonly session: SessionSettings;
  /** Milliseconds. */
  readonly connectTimeoutMs: number;
  /** Milliseconds a statement may be silent; 0 waits for ever. */
  readonly readTimeoutMs: number;
}

/** A private server that Cortex starts itself under `.cortex/`. */
export interface LocalTarget extends TargetBase {
  readonly type: 'local';
}

/** Any server that speaks MySQL's protocol. */
export interface ServerTarget extends TargetBase {
  readonly type: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  readonly user: string;
  /** Never logged, never written; the session redacts it from every error. */
  readonly password: string;
  readonly ssl?: SslSettings;
}

export type TargetConfig = LocalTarget | ServerTarget;
