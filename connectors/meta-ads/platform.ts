import { definePlatform } from '../sdk/definition.ts';
import { metaAdsAccount } from './account.ts';
import { adAccount, probe } from './ad-account.ts';
import { adCreatives } from './ad-creatives.ts';
import { ads } from './ads.ts';
import { adsets } from './adsets.ts';
import { API_VERSION, metaAdsHttp } from './api.ts';
import { campaigns } from './campaigns.ts';
import { connect } from './connect.ts';
import { insightStreams } from './insights.ts';

/** Facebook and Instagram ads, by the Marketing API. */
export const metaAds = definePlatform({
  name: 'meta_ads',
  label: 'Meta Ads',
  version: 1,
  apiVersion: API_VERSION,
  account: metaAdsAccount,
  accountId: (account) => account.account_id,
  http: metaAdsHttp,
  probe,
  streams: [adAccount, campaigns, adsets, ads, adCreatives, ...insightStreams],
  connect,
});
