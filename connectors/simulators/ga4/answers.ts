import type { SimulatorResponse } from '../simulator.ts';

/** An error of a Google interface. */
export function failure(code: number, status: string, message: string): SimulatorResponse {
  return { status: code, body: { error: { code, message, status } } };
}
