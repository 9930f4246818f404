import type { SimulatorResponse } from '../simulator.ts';

export interface MetaProblem {
  readonly code: number;
  readonly message: string;
  readonly subcode?: number;
  readonly isTransient?: boolean;
  /** 400 unless told. */
  readonly status?: number;
}

/** An error in Meta's words. */
export function problem({
  code,
  message,
  subcode,
  isTransient,
  status = 400,
}: MetaProblem): SimulatorResponse {
  const error = {
    message,
    type: 'OAuthException',
    ...(isTransient === undefined ? {} : { is_transient: isTransient }),
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    fbtrace_id: 'AbCdEfGhIjKlMnOpQrStUv',
  };
  return { status, headers: JSON_TYPE, body: { error } };
}

export function ok(body: unknown): SimulatorResponse {
  return { status: 200, headers: JSON_TYPE, body };
}

const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

/** A page that is too long. */
export const tooLongPage = problem({
  code: 100,
  subcode: 1_487_534,
  isTransient: false,
  message: "(#100) Please reduce the amount of data you're asking for, then retry your request",
});

/** More rows than are given at once. */
export const tooManyRows = problem({
  code: 1,
  subcode: 99,
  status: 500,
  message: "Please reduce the amount of data you're asking for, then retry your request",
});

/** A parameter that cannot be: `(#100) …`. */
export function badParameter(message: string): SimulatorResponse {
  return problem({ code: 100, message: `(#100) ${message}`, isTransient: false });
}

export function notThere(id: string): SimulatorResponse {
  return problem({
    code: 100,
    subcode: 33,
    isTransient: false,
    message: `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
  });
}
