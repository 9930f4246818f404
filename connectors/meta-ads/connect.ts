import type { ConnectGuide, ConnectResult } from '../sdk/definition.ts';
import type { PlatformHttp } from '../sdk/http.ts';
import { TokenRefused } from '../sdk/http.ts';
import { valueAt } from '../sdk/value-source.ts';
import type { MetaAdsAccount } from './account.ts';
import { pathOf } from './api.ts';

export const connect: ConnectGuide<MetaAdsAccount> = {
  steps: [
    {
      key: 'account_id',
      question: 'Id of the ad account',
      instructions:
        'Open adsmanager.facebook.com: the digits after `act=` in the address are the id of the account',
      isSecret: false,
    },
    {
      key: 'access_token',
      question: 'Access token',
      instructions:
        'In business.facebook.com under Settings, System users: add one, assign it the ad account with ' +
        'permission to view performance, and generate a token for your app with `ads_read`. It does not end. ' +
        'A token of a person works too, and ends after about 60 days',
      isSecret: true,
    },
    {
      key: 'app_id',
      question: 'Id of the app, only to make a person’s token last (leave empty for a system user)',
      instructions: 'In developers.facebook.com, on the page of your app',
      isSecret: false,
    },
    {
      key: 'app_secret',
      question:
        'Secret of the app (leave empty unless the app asks for proof, or for a person’s token)',
      instructions: 'In developers.facebook.com, under Settings, Basic, of your app',
      isSecret: true,
    },
  ],
  variables: [{ name: 'META_ADS_ACCESS_TOKEN', setting: 'access_token' }],
  exchange,
};

/** A token of a person for one of about 60 days; a system user's is kept as it is. */
async function exchange(
  answers: Readonly<Record<string, string>>,
  http: PlatformHttp,
): Promise<ConnectResult<MetaAdsAccount>> {
  const { account_id = '', access_token = '', app_id = '', app_secret = '' } = answers;
  const account = { account_id: account_id.replace('act_', '') };
  if (app_id === '' || app_secret === '') return { account, secrets: { access_token } };
  const answer = await http.send({
    url: pathOf('oauth', 'access_token'),
    query: {
      grant_type: 'fb_exchange_token',
      client_id: app_id,
      client_secret: app_secret,
      fb_exchange_token: access_token,
    },
    isAnonymous: true,
  });
  const token = typeof answer === 'string' ? undefined : valueAt(answer.body, 'access_token');
  if (typeof token !== 'string')
    throw new TokenRefused('Meta gave no token for the one of a person');
  return { account, secrets: { access_token: token } };
}
