import { definePlatform } from '../sdk/definition.ts';
import { tiktokAdsAccount } from './account.ts';
import { adgroups } from './adgroups.ts';
import { ads } from './ads.ts';
import { advertisers, probe } from './advertisers.ts';
import { API_VERSION, tiktokAdsHttp } from './api.ts';
import { campaigns } from './campaigns.ts';
import { connect } from './connect.ts';
import { reportStreams } from './reports.ts';

/** TikTok ads, by the API for Business. */
export const tiktokAds = definePlatform({
  name: 'tiktok_ads',
  label: 'TikTok Ads',
  version: 1,
  apiVersion: API_VERSION,
  account: tiktokAdsAccount,
  accountId: (account) => account.advertiser_id,
  http: tiktokAdsHttp,
  probe,
  streams: [advertisers, campaigns, adgroups, ads, ...reportStreams],
  connect,
});
