import { definePlatform } from '../sdk/definition.ts';
import { googleAdsAccount } from './account.ts';
import { API_VERSION, googleAdsHttp } from './api.ts';
import { connect } from './connect.ts';
import { customer, probe } from './customer.ts';
import { adGroups, ads, campaigns } from './entities.ts';
import {
  adDaily,
  campaignDaily,
  clicks,
  conversionActionDaily,
  keywordDaily,
  searchTerms,
} from './reports.ts';

/** Google Ads by GAQL: search, YouTube, Shopping and Performance Max campaigns. */
export const googleAds = definePlatform({
  name: 'google_ads',
  label: 'Google Ads',
  version: 1,
  apiVersion: API_VERSION,
  account: googleAdsAccount,
  accountId: (account) => account.customer_id,
  http: googleAdsHttp,
  probe,
  streams: [
    customer,
    campaigns,
    adGroups,
    ads,
    campaignDaily,
    adDaily,
    conversionActionDaily,
    clicks,
    searchTerms,
    keywordDaily,
  ],
  connect,
});
