import type { JsonRecord } from '../../connectors/sdk/json.ts';
import type { ConsentStates } from '../conversion/consent.ts';
import type { Conversion, Operation } from '../conversion/conversion.ts';
import type { Built } from '../conversion/issue.ts';
import type { DestinationAnswer, Reading } from '../conversion/reading.ts';
import type { DestinationRequest } from '../conversion/request.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import { googleAdsEvent } from '../google-ads/payload.ts';
import { readGoogleAdsAnswer } from '../google-ads/read-answer.ts';
import { googleAdsRequest } from '../google-ads/request.ts';
import { dataManagerEvent } from '../google-data-manager/payload.ts';
import { readDataManagerAnswer } from '../google-data-manager/read-answer.ts';
import { dataManagerRequest } from '../google-data-manager/request.ts';
import { metaEvent } from '../meta-capi/payload.ts';
import { readMetaAnswer } from '../meta-capi/read-answer.ts';
import { metaRequest } from '../meta-capi/request.ts';
import { tikTokEvent } from '../tiktok-events/payload.ts';
import { readTikTokAnswer } from '../tiktok-events/read-answer.ts';
import { tikTokRequest } from '../tiktok-events/request.ts';
import type { DestinationKindName } from './kinds.ts';
import type { DestinationSettings } from './settings-schema.ts';

/** A destination as the project configures it, ready to be sent to. */
export interface Destination {
  /** `meta`: its name in the project. */
  readonly name: string;
  readonly kind: DestinationKindName;
  /** What is first said of an order. */
  readonly firstOperation: 'conversion' | 'enhancement';
  build(conversion: Conversion, context: BuildContext): Built<JsonRecord>;
  /** @param accessToken of Google's accounts; other platforms' tokens are settings */
  request(operation: Operation, accessToken: string | undefined): DestinationRequest;
  read(answer: DestinationAnswer, sent: number): Reading;
  readonly settings: DestinationSettings;
}

interface BuildContext {
  readonly operation: Operation;
  readonly consent: ConsentStates;
  readonly settings: ConversionSettings;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** @param testEventCode instead of the one of the settings */
export function destinationOf(
  name: string,
  settings: DestinationSettings,
  testEventCode?: string,
): Destination {
  switch (settings.type) {
    case 'meta-capi':
      return { name, settings, kind: settings.type, ...meta(settings, testEventCode) };
    case 'tiktok-events':
      return { name, settings, kind: settings.type, ...tikTok(settings, testEventCode) };
    case 'google-data-manager':
      return { name, settings, kind: settings.type, ...dataManager(settings) };
    case 'google-ads':
      return { name, settings, kind: settings.type, ...googleAds(settings) };
  }
}

type Api = Pick<Destination, 'firstOperation' | 'build' | 'request' | 'read'>;
type SettingsOf<Kind> = Extract<DestinationSettings, { readonly type: Kind }>;

function meta(settings: SettingsOf<'meta-capi'>, testEventCode: string | undefined): Api {
  return {
    firstOperation: 'conversion',
    build: (conversion, context) => metaEvent(conversion, context.settings, context.now),
    request: () =>
      metaRequest({
        pixelId: settings.pixel_id,
        apiVersion: settings.api_version,
        testEventCode: testEventCode ?? settings.test_event_code,
        accessToken: settings.access_token.reveal(),
      }),
    read: readMetaAnswer,
  };
}

function tikTok(settings: SettingsOf<'tiktok-events'>, testEventCode: string | undefined): Api {
  return {
    firstOperation: 'conversion',
    build: (conversion, { settings: shared, now }) =>
      tikTokEvent(conversion, shared, { now, maxAgeDays: settings.max_age_days }),
    request: () =>
      tikTokRequest({
        pixelCode: settings.pixel_code,
        testEventCode: testEventCode ?? settings.test_event_code,
        accessToken: settings.access_token.reveal(),
      }),
    read: readTikTokAnswer,
  };
}

function dataManager(settings: SettingsOf<'google-data-manager'>): Api {
  return {
    firstOperation: 'conversion',
    build: (conversion, context) =>
      dataManagerEvent(conversion, context.settings, {
        ...context,
        transactionIdPrefix: settings.transaction_id_prefix,
        maxAgeDays: settings.max_age_days,
      }),
    request: (_operation, accessToken) =>
      dataManagerRequest({
        operatingAccountId: settings.operating_account_id,
        loginAccountId: settings.login_account_id,
        conversionActionId: settings.conversion_action_id,
        isTrial: false,
        accessToken,
      }),
    read: readDataManagerAnswer,
  };
}

function googleAds(settings: SettingsOf<'google-ads'>): Api {
  return {
    firstOperation: settings.uploads === 'enhancements' ? 'enhancement' : 'conversion',
    build: (conversion, context) =>
      googleAdsEvent(conversion, context.settings, {
        ...context,
        customerId: settings.customer_id,
        conversionActionId: settings.conversion_action_id,
        transactionIdPrefix: settings.transaction_id_prefix,
        maxAgeDays: settings.max_age_days,
      }),
    request: (operation, accessToken) =>
      googleAdsRequest(operation, {
        customerId: settings.customer_id,
        loginCustomerId: settings.login_customer_id,
        apiVersion: settings.api_version,
        isTrial: false,
        accessToken,
        developerToken: settings.developer_token?.reveal(),
      }),
    read: readGoogleAdsAnswer,
  };
}
