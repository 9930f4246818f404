import type { ConnectGuide, ConnectResult } from '../sdk/definition.ts';
import type { PlatformHttp } from '../sdk/http.ts';
import { TokenRefused } from '../sdk/http.ts';
import { isList, valueAt } from '../sdk/value-source.ts';
import type { TiktokAdsAccount } from './account.ts';
import { pathOf } from './api.ts';

export const connect: ConnectGuide<TiktokAdsAccount> = {
  steps: [
    {
      key: 'advertiser_id',
      question: 'Id of the advertiser',
      instructions:
        'Open ads.tiktok.com: the digits after `aadvid=` in the address are the id of the advertiser',
      isSecret: false,
    },
    {
      key: 'app_id',
      question: 'Id of the app',
      instructions:
        'In business-api.tiktok.com under My Apps: an app with the permissions Ads Management (read) and ' +
        'Reporting; its page shows id, secret and the authorization URL',
      isSecret: false,
    },
    {
      key: 'secret',
      question: 'Secret of the app',
      instructions: 'On the same page',
      isSecret: true,
    },
    {
      key: 'auth_code',
      question: 'Authorization code',
      instructions:
        'Open the app’s authorization URL as somebody who may manage the advertiser, and confirm: the ' +
        'address that follows contains `auth_code=`. It can be used once, within an hour',
      isSecret: true,
    },
  ],
  variables: [{ name: 'TIKTOK_ADS_ACCESS_TOKEN', setting: 'access_token' }],
  exchange,
};

/** The code for a token that does not run out, and a look whether it covers the advertiser. */
async function exchange(
  answers: Readonly<Record<string, string>>,
  http: PlatformHttp,
): Promise<ConnectResult<TiktokAdsAccount>> {
  const { advertiser_id = '', app_id = '', secret = '', auth_code = '' } = answers;
  const answer = await http.send({
    method: 'POST',
    url: pathOf('oauth2/access_token'),
    json: { app_id, secret, auth_code },
    isAnonymous: true,
  });
  const body = typeof answer === 'string' ? undefined : answer.body;
  const token = valueAt(body, 'data.access_token');
  if (typeof token !== 'string') throw new TokenRefused('TikTok gave no token for the code');
  const covered = valueAt(body, 'data.advertiser_ids');
  if (!isList(covered) || !covered.map(String).includes(advertiser_id)) {
    throw new TokenRefused(`the authorization does not cover advertiser ${advertiser_id}`);
  }
  return { account: { advertiser_id }, secrets: { access_token: token } };
}
