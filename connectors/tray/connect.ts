import type { ConnectGuide, ConnectResult } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';

/** How a person gets a code: the store installs an app, whose address Tray calls with what it needs. */
export const connectGuide: ConnectGuide<TrayAccount> = {
  steps: [
    {
      key: 'consumer_key',
      question: 'Consumer key',
      instructions:
        'Tray gives consumer key and secret when it accepts an app (tray.com.br/parceiros); without an app of ' +
        'your own ask the company whose app the store uses',
      isSecret: true,
    },
    {
      key: 'consumer_secret',
      question: 'Consumer secret',
      instructions: 'It comes with the consumer key',
      isSecret: true,
    },
    {
      key: 'api_address',
      question: 'API address',
      instructions:
        'Install the app in the administration of the store (Meus aplicativos) and accept; the page that ' +
        'follows has `api_address`, `store` and `code` in its address. The API address ends in /web_api',
      isSecret: false,
    },
    {
      key: 'store_id',
      question: 'Store',
      instructions: 'The digits after `store=` in the same address',
      isSecret: false,
    },
    {
      key: 'code',
      question: 'Code',
      instructions: 'The text after `code=` in the same address',
      isSecret: true,
    },
  ],
  variables: [
    { name: 'TRAY_CONSUMER_KEY', setting: 'consumer_key' },
    { name: 'TRAY_CONSUMER_SECRET', setting: 'consumer_secret' },
    { name: 'TRAY_CODE', setting: 'code' },
  ],
  exchange,
};

/** Keeps what was typed: the first call of a sync trades the code for tokens, and stores them before it uses them. */
async function exchange(
  answers: Readonly<Record<string, string>>,
): Promise<ConnectResult<TrayAccount>> {
  const { store_id = '', api_address = '', ...secrets } = answers;
  return { account: { store_id, api_address: api_address.replace(/\/+$/, '') }, secrets };
}
