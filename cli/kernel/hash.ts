import { hash } from 'node:crypto';

/** SHA-256 of a UTF-8 text, 64 hex digits. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text);
}

/** MD5 of a UTF-8 text, 32 hex digits: only where dbt's own names need it. */
export function md5(text: string): string {
  return hash('md5', text);
}
