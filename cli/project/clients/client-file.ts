import type { YamlMap } from '../yaml.ts';

/** `clients/<code>.yml`, read and checked. */
export interface ClientFile {
  readonly code: string;
  /** Relative to the project directory. */
  readonly path: string;
  readonly text: string;
  readonly yaml: YamlMap;
}
