import { z } from 'zod';
import type { ConnectGuide, ConnectResult } from '../sdk/definition.ts';
import { TokenRefused } from '../sdk/http.ts';
import type { PlatformHttp } from '../sdk/http.ts';
import type { NuvemshopAccount } from './account.ts';
import { TOKEN_ORIGIN } from './api.ts';

/** How a person gets a token: an app of the partners' portal, installed in the store, gives a code. */
export const connectGuide: ConnectGuide<NuvemshopAccount> = {
  steps: [
    {
      key: 'client_id',
      question: 'App id',
      instructions:
        'In the partners’ portal (partners.nuvemshop.com.br) make an app with the scopes read_orders, ' +
        'read_products, read_customers and read_coupons; its page shows the app id and the client secret',
      isSecret: false,
    },
    {
      key: 'client_secret',
      question: 'Client secret',
      instructions: 'On the same page, under Keys',
      isSecret: true,
    },
    {
      key: 'code',
      question: 'Code',
      instructions:
        'As the owner of the store open https://www.tiendanube.com/apps/<app id>/authorize and accept; ' +
        'the page that follows has `code=…` in its address, which works for a few minutes only',
      isSecret: true,
    },
  ],
  variables: [{ name: 'NUVEMSHOP_ACCESS_TOKEN', setting: 'access_token' }],
  exchange,
};

const grant = z.object({
  access_token: z.string().min(1),
  user_id: z.union([z.string(), z.number()]).transform(String),
});

/** Trades the code for a token, which does not run out; the answer names the store. */
async function exchange(
  answers: Readonly<Record<string, string>>,
  http: PlatformHttp,
): Promise<ConnectResult<NuvemshopAccount>> {
  const response = await http.send({
    method: 'POST',
    url: `${TOKEN_ORIGIN}/apps/authorize/token`,
    isAnonymous: true,
    json: {
      client_id: answers['client_id'],
      client_secret: answers['client_secret'],
      grant_type: 'authorization_code',
      code: answers['code'],
    },
  });
  const read = grant.safeParse(typeof response === 'string' ? undefined : response.body);
  if (!read.success) {
    throw new TokenRefused('Nuvemshop gave no token: the code may have run out or been used');
  }
  return {
    account: { store_id: read.data.user_id },
    secrets: { access_token: read.data.access_token },
  };
}
