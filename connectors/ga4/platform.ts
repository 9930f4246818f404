import { definePlatform } from '../sdk/definition.ts';
import { ga4Account } from './account.ts';
import { API_VERSION, ga4Http } from './api.ts';
import { connect } from './connect.ts';
import { events } from './events.ts';
import { probe } from './property.ts';
import { reports } from './reports.ts';

/** Google Analytics 4: reports by the Data API, single events by the export to BigQuery. */
export const ga4 = definePlatform({
  name: 'ga4',
  label: 'Google Analytics 4',
  version: 1,
  apiVersion: API_VERSION,
  account: ga4Account,
  accountId: (account) => account.property_id,
  http: ga4Http,
  probe,
  streams: [...reports, events],
  connect,
});
