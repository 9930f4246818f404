import { COMMAND_LINE_CODES } from './codes/command-line.ts';
import { CONNECTOR_CODES } from './codes/connectors.ts';
import { ALERT_CODES } from './codes/alerts.ts';
import { CONVERSION_CODES } from './codes/conversions.ts';
import { DATABASE_CODES } from './codes/database.ts';
import { GRAPH_CODES } from './codes/graph.ts';
import { INTERNAL_CODES } from './codes/internal.ts';
import { MATERIALIZE_CODES } from './codes/materialize.ts';
import { PIPELINE_CODES } from './codes/pipelines.ts';
import { PLAN_CODES } from './codes/plan.ts';
import { PLATFORM_CODES } from './codes/platforms.ts';
import { PRIVACY_CODES } from './codes/privacy.ts';
import { RAW_TABLE_CODES } from './codes/raw-tables.ts';
import { REFERENCE_CODES } from './codes/references.ts';
import { SQL_CODES } from './codes/sql.ts';
import { TEMPLATE_CODES } from './codes/template.ts';
import { TEST_CODES } from './codes/tests.ts';
import { TRACKING_PLAN_CODES } from './codes/tracking-plan.ts';

/**
 * Every message a user can meet. The first digit is the phase; a code and its slug are permanent
 * and never reused. One file per area under `codes/`.
 */
export const CODES = {
  ...COMMAND_LINE_CODES,
  ...TEMPLATE_CODES,
  ...REFERENCE_CODES,
  ...GRAPH_CODES,
  ...SQL_CODES,
  ...PLAN_CODES,
  ...MATERIALIZE_CODES,
  ...DATABASE_CODES,
  ...TEST_CODES,
  ...CONNECTOR_CODES,
  ...RAW_TABLE_CODES,
  ...PLATFORM_CODES,
  ...TRACKING_PLAN_CODES,
  ...CONVERSION_CODES,
  ...ALERT_CODES,
  ...PIPELINE_CODES,
  ...PRIVACY_CODES,
  ...INTERNAL_CODES,
} as const;

export type Code = keyof typeof CODES;
