import type { SimulatorRequest, SimulatorResponse } from '../simulator.ts';

/** TikTok's envelope. Its HTTP status is 200, whatever the code is. */
export function envelope(
  request: SimulatorRequest,
  code: number,
  message: string,
  data: unknown = {},
): SimulatorResponse {
  const request_id = `2026112314150000${String(request.index).padStart(8, '0')}A1B2C3D4E5`;
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: { code, message, request_id, data },
  };
}

export function ok(request: SimulatorRequest, data: unknown): SimulatorResponse {
  return envelope(request, 0, 'OK', data);
}

/** A parameter that cannot be. */
export function badParameter(request: SimulatorRequest, message: string): SimulatorResponse {
  return envelope(request, 40_002, message);
}
