import type { DestinationAnswer, Reading } from '../conversion/reading.ts';
import { at, codeText, pause, readStatus, settleAll, splitOrDead } from '../conversion/reading.ts';

const TOKEN = 190;
const PERMISSION: ReadonlySet<number> = new Set([3, 10, 200]);
const TEMPORARY: ReadonlySet<number> = new Set([1, 2, 341, 368, 5000, 21009]);
const TOO_FAST: ReadonlySet<number> = new Set([4, 17, 613, 80000, 80003, 80004, 80014]);
const INVALID = 100;
/** Of code 100: the pixel is not there, or not ours. */
const NO_PIXEL = 33;

/** Meta decides by `error.code`; its HTTP status is not reliable. There is no partial success. */
export function readMetaAnswer({ status, body }: DestinationAnswer, sent: number): Reading {
  const error = at(body, 'error');
  const code = Number(at(error, 'code') ?? Number.NaN);
  if (Number.isNaN(code)) return status < 300 ? readSuccess(body, sent) : readStatus(status, sent);
  const subcode = Number(at(error, 'error_subcode') ?? Number.NaN);
  const text = `META_${code}${Number.isNaN(subcode) ? '' : `_${subcode}`}`;
  if (code === TOKEN || PERMISSION.has(code)) return pause(sent, 'pause_auth', text);
  if (code === INVALID && subcode === NO_PIXEL) return pause(sent, 'pause_config', text);
  if (TEMPORARY.has(code) || at(error, 'is_transient') === true) {
    return settleAll(sent, { outcome: 'retry', code: text });
  }
  if (TOO_FAST.has(code)) {
    return settleAll(sent, { outcome: 'retry', code: text, isRefused: true });
  }
  if (code !== INVALID && status >= 500) return settleAll(sent, { outcome: 'retry', code: text });
  return splitOrDead(sent, text);
}

function readSuccess(body: DestinationAnswer['body'], sent: number): Reading {
  const received = at(body, 'events_received');
  if (typeof received !== 'number') {
    return settleAll(sent, { outcome: 'retry', code: 'NO_CONFIRMATION' });
  }
  return settleAll(
    sent,
    { outcome: 'delivered' },
    {
      requestId: codeText(at(body, 'fbtrace_id')),
      warning: received === sent ? undefined : 'events_received_mismatch',
    },
  );
}
