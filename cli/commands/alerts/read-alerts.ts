import { interpolate } from '../../project/interpolate.ts';
import type { AlertsConfig } from '../../project/alerts-config.ts';
import { alertsSchema } from '../../project/alerts-config.ts';
import { validate } from '../../project/validate.ts';
import type { ProjectSession } from '../session.ts';

const CODES = { invalid: 'CX7601', unknownKey: 'CX7601' } as const;

/** `alerts:` of the project, with the environment in it; `undefined` where there is none. Errors end the command. */
export function readAlerts(session: ProjectSession): AlertsConfig | undefined {
  const { alerts, environment } = session.project;
  if (alerts === undefined) return undefined;
  const filled = session.check(interpolate(alerts.yaml, environment, alerts.file));
  const { value, diagnostics } = validate(alertsSchema, filled, alerts.file, CODES);
  return session.check({ value, diagnostics });
}
