import type { SimulatorResponse } from '../simulator.ts';

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
};

/** A GoogleAdsFailure with one error: `{errorCode: {quotaError: 'RESOURCE_EXHAUSTED'}}`. */
export function failure(
  status: number,
  kind: string,
  code: string,
  quotaErrorDetails?: { readonly retryDelay: string },
): SimulatorResponse {
  const error = {
    errorCode: { [kind]: code },
    message: `${code.toLowerCase().replaceAll('_', ' ')}.`,
    ...(quotaErrorDetails === undefined ? {} : { details: { quotaErrorDetails } }),
  };
  const details = {
    '@type': 'type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure',
    errors: [error],
    requestId: 'nQ2yVb7r1kPz0sXw4tLmAg',
  };
  const name = STATUS_NAMES[status];
  return {
    status,
    body: { error: { code: status, message: error.message, status: name, details: [details] } },
  };
}

export function unauthenticated(): SimulatorResponse {
  const message = 'Request had invalid authentication credentials.';
  return { status: 401, body: { error: { code: 401, message, status: 'UNAUTHENTICATED' } } };
}
