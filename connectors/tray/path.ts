import type { TrayAccount } from './account.ts';

/** The path of a resource below the store's address: `/web_api/orders`. */
export function pathOf(account: TrayAccount, resource: string): string {
  return `${new URL(account.api_address).pathname.replace(/\/+$/, '')}/${resource}`;
}
