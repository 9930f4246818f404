import type { SimulatorResponse } from '../simulator.ts';

/** `{code, message, causes}`, as Tray words its errors. */
export function problem(
  code: number,
  message: string,
  causes?: readonly string[] | Readonly<Record<string, unknown>>,
): SimulatorResponse {
  return { status: code, body: { code, message, ...(causes === undefined ? {} : { causes }) } };
}

/** A 401 with the `error_code` that tells why. */
export function refused(errorCode: number, cause: string, url: string): SimulatorResponse {
  return {
    status: 401,
    body: {
      code: 401,
      message: 'Unauthorized',
      causes: [cause],
      error_code: errorCode,
      name: 'Unauthorized',
      url,
    },
  };
}

export const NO_DATE = '0000-00-00';
export const NO_TIME = '0000-00-00 00:00:00';

const BRASILIA_MS = 3 * 3_600_000;

/** `2026-10-01 09:12:44`, the wall clock of Brasília without an offset. */
export function timeText(instant: number): string {
  return new Date(instant - BRASILIA_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-10-01` in Brasília. */
export function dateText(instant: number): string {
  return timeText(instant).slice(0, 10);
}

/** `09:12:44` in Brasília. */
export function hourText(instant: number): string {
  return timeText(instant).slice(11);
}

/** Midnight in Brasília at which a date begins; NaN for what is no date. */
export function startOf(date: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00-03:00`) : Number.NaN;
}
