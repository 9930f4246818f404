import type { Manifest } from '../../manifest/manifest.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import type { Database } from '../../warehouse/database.ts';
import type { ProjectSession } from '../session.ts';

/** What `cortex doctor` looks at, in the order of its report. */
export const AREAS = [
  'versions',
  'project',
  'database',
  'privileges',
  'time zones',
  'disk',
  'connectors',
  'tokens',
  'syncs',
  'freshness',
  'pipelines',
  'conversions',
  'alerts',
  'relations',
  'slow nodes',
] as const;
export type Area = (typeof AREAS)[number];

/** A check of one area. */
export interface Finding extends Check {
  readonly area: Area;
}

/** What is looked at once the target has answered. */
export interface Patient {
  readonly session: ProjectSession;
  readonly database: Database;
  /** Of a project that can be read. */
  readonly manifest: Manifest;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `2026-11-26 09:00 UTC`. */
export function momentText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
