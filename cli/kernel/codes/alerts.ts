import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX76xx: alerts. */
export const ALERT_CODES = {
  CX7601: errorCode(
    'alerts-invalid',
    'A setting of alerts that cannot be used',
    'The value at the place shown, below `alerts:`, is missing, misspelt or of another kind. `docs/alerts.md` lists the settings of each channel. Nothing was run.',
  ),
  CX7602: errorCode(
    'no-alert-channels',
    'A test of alerts without a channel',
    '`cortex alerts test` sends a message through every channel below `alerts.channels`, and there is none.',
  ),
} as const satisfies Readonly<Record<string, CodeEntry>>;
