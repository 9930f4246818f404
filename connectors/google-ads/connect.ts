import type { ConnectGuide } from '../sdk/definition.ts';
import type { GoogleAdsAccount } from './account.ts';

/** A refresh token comes from Google's own consent page; Cortex never sees the password. */
export const connect: ConnectGuide<GoogleAdsAccount> = {
  steps: [
    {
      key: 'customer_id',
      question: 'Customer id of the ad account, such as 482-910-3756',
      instructions: 'Open ads.google.com: it stands at the top right.',
      isSecret: false,
    },
    {
      key: 'login_customer_id',
      question: 'Customer id of the manager account; empty when there is none',
      instructions: 'Needed where you reach the account through a manager (MCC) account.',
      isSecret: false,
    },
    {
      key: 'developer_token',
      question: 'Developer token',
      instructions:
        'In the manager account: Admin, then API Center. Access level “Explorer” serves 2,880 calls a day, ' +
        '“Basic” 15,000.',
      isSecret: true,
    },
    {
      key: 'client_id',
      question: 'Client id of the OAuth app',
      instructions:
        'In console.cloud.google.com: switch on the Google Ads API, make an OAuth client of the kind Desktop, and ' +
        'publish the consent screen: in testing, refresh tokens end after 7 days.',
      isSecret: false,
    },
    {
      key: 'client_secret',
      question: 'Client secret of the OAuth app',
      instructions: 'It stands beside the client id.',
      isSecret: true,
    },
    {
      key: 'refresh_token',
      question: 'Refresh token',
      instructions:
        'Open developers.google.com/oauthplayground, choose “Use your own OAuth credentials” in its settings, enter ' +
        'both, authorise the scope https://www.googleapis.com/auth/adwords, and exchange the code for tokens.',
      isSecret: true,
    },
  ],
  variables: [
    { name: 'GOOGLE_ADS_DEVELOPER_TOKEN', setting: 'developer_token' },
    { name: 'GOOGLE_ADS_CLIENT_ID', setting: 'client_id' },
    { name: 'GOOGLE_ADS_CLIENT_SECRET', setting: 'client_secret' },
    { name: 'GOOGLE_ADS_REFRESH_TOKEN', setting: 'refresh_token' },
  ],
  exchange: async ({ customer_id = '', login_customer_id, client_id = '', ...secrets }) => ({
    account: {
      customer_id: customer_id.replaceAll('-', ''),
      client_id,
      ...(login_customer_id === undefined || login_customer_id === ''
        ? {}
        : { login_customer_id: login_customer_id.replaceAll('-', '') }),
    },
    secrets,
  }),
};
