import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { jsonText } from './json-text.ts';
import type { SimulatorResponse } from './simulator.ts';

/** Sends an answer, in the way that a fault asks for. `signal` ends every wait. */
export async function sendAnswer(
  answer: SimulatorResponse,
  fault: Fault | undefined,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const whole = bodyOf(answer);
  const body = fault?.kind === 'malformed_json' ? whole.subarray(0, half(whole)) : whole;
  if (fault?.kind === 'slow_headers') await pause(fault.delayMs, signal);
  if (response.destroyed) return;
  // The platform's time, not the machine's.
  response.sendDate = false;
  response.writeHead(answer.status, headersOf(answer, body.length, fault));
  if (fault?.kind === 'cut_length' || fault?.kind === 'cut_chunks') return cut(body, response);
  if (fault?.kind === 'slow_body') {
    response.write(body.subarray(0, half(body)));
    await pause(fault.delayMs, signal);
    response.end(body.subarray(half(body)));
    return;
  }
  response.end(body);
}

/** Resets the connection (RST, not FIN). */
export function resetConnection(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

/** Sends half of the body and then ends the connection: the client sees a body that is too short. */
function cut(body: Buffer, response: ServerResponse): void {
  response.write(body.subarray(0, half(body)), () => response.socket?.end());
}

function bodyOf(answer: SimulatorResponse): Buffer {
  if (answer.body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(answer.body)) return answer.body;
  return Buffer.from(typeof answer.body === 'string' ? answer.body : jsonText(answer.body));
}

function headersOf(
  answer: SimulatorResponse,
  length: number,
  fault: Fault | undefined,
): Record<string, string> {
  const type = typeof answer.body === 'string' ? 'text/plain' : 'application/json; charset=utf-8';
  const size: Record<string, string> =
    fault?.kind === 'cut_chunks'
      ? { 'transfer-encoding': 'chunked' }
      : { 'content-length': String(length) };
  return { 'content-type': type, ...answer.headers, ...size };
}

function half(body: Buffer): number {
  return Math.floor(body.length / 2);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
