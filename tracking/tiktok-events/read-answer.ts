import type { DestinationAnswer, Reading } from '../conversion/reading.ts';
import { at, codeText, pause, readStatus, settleAll, splitOrDead } from '../conversion/reading.ts';

const OK = 0;
/** Some events had trouble; which ones is not documented. */
const PARTIAL = 20001;
const NO_PERMISSION = 40001;
const TOO_FAST: ReadonlySet<number> = new Set([40100, 40132, 40133]);

/** TikTok answers HTTP 200 nearly always; `code` decides. A bad event refuses the whole batch. */
export function readTikTokAnswer({ status, body }: DestinationAnswer, sent: number): Reading {
  const code = at(body, 'code');
  if (typeof code !== 'number') {
    return status < 300
      ? settleAll(sent, { outcome: 'retry', code: 'NO_CONFIRMATION' })
      : readStatus(status, sent);
  }
  const text = `TIKTOK_${code}`;
  const requestId = codeText(at(body, 'request_id'));
  if (code === OK) return settleAll(sent, { outcome: 'delivered' }, { requestId });
  if (code === PARTIAL) {
    return settleAll(sent, { outcome: 'delivered' }, { requestId, warning: 'partial_success' });
  }
  if (TOO_FAST.has(code)) {
    return settleAll(sent, { outcome: 'retry', code: text, isRefused: true });
  }
  if (code === NO_PERMISSION || (code >= 40101 && code <= 40125)) {
    return pause(sent, 'pause_auth', text);
  }
  if (code >= 50000) return settleAll(sent, { outcome: 'retry', code: text });
  return splitOrDead(sent, text);
}
