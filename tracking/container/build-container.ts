import type { TrackingConfig } from '../../cli/project/tracking-config.ts';
import type { TrackingPlan } from '../plan/schema.ts';
import type { Owner } from './entities.ts';
import { FOLDER, eventTrigger, variable } from './entities.ts';
import { baseTags } from './base-tags.ts';
import { eventTags, layerKeysOf } from './event-tags.ts';
import { layerVariable } from './scripts.ts';

export interface ContainerOptions {
  readonly plan: TrackingPlan;
  readonly config: TrackingConfig;
  /** `YYYY-MM-DD hh:mm:ss`, UTC. */
  readonly exportTime: string;
  /** Milliseconds since the Unix epoch, as a text. */
  readonly fingerprint: string;
  /** For the container without a name of its own. */
  readonly name: string;
}

type Json = Readonly<Record<string, unknown>>;

/** A container file of Tag Manager (export format 2). The same options give the same file, byte for byte. */
export function buildContainer(options: ContainerOptions): Json {
  const { config, exportTime, fingerprint } = options;
  const { account_id: accountId = '6000000001', container_id: containerId = '200000001' } =
    config.container ?? {};
  const owner: Owner = { accountId, containerId, fingerprint };
  const path = `accounts/${accountId}/containers/${containerId}`;
  return {
    exportFormatVersion: 2,
    exportTime,
    containerVersion: {
      path: `${path}/versions/0`,
      accountId,
      containerId,
      containerVersionId: '0',
      container: containerEntity(options, owner, path),
      ...entities(options, owner),
      folder: [{ accountId, containerId, folderId: FOLDER.id, name: FOLDER.name, fingerprint }],
      builtInVariable: BUILT_IN.map(([type, name]) => ({ accountId, containerId, type, name })),
      fingerprint,
      tagManagerUrl: `https://tagmanager.google.com/#/versions/${path}/versions/0?apiLink=version`,
    },
  };
}

const BUILT_IN = [
  ['PAGE_URL', 'Page URL'],
  ['PAGE_HOSTNAME', 'Page Hostname'],
  ['PAGE_PATH', 'Page Path'],
  ['REFERRER', 'Referrer'],
  ['EVENT', 'Event'],
] as const;

function containerEntity({ config, name }: ContainerOptions, owner: Owner, path: string): Json {
  const publicId = config.container?.public_id ?? 'GTM-XXXXXXX';
  return {
    path,
    accountId: owner.accountId,
    containerId: owner.containerId,
    name: config.container?.name ?? name.replaceAll(/[:<>&"']/g, ' ').trim(),
    publicId,
    usageContext: ['WEB'],
    fingerprint: owner.fingerprint,
    tagManagerUrl: `https://tagmanager.google.com/#/container/${path}/workspaces?apiLink=container`,
    features: FEATURES,
    tagIds: [publicId],
  };
}

const FEATURES: Readonly<Record<string, boolean>> = {
  supportUserPermissions: true,
  supportEnvironments: true,
  supportWorkspaces: true,
  supportGtagConfigs: false,
  supportBuiltInVariables: true,
  supportClients: false,
  supportFolders: true,
  supportTags: true,
  supportTemplates: true,
  supportTriggers: true,
  supportVariables: true,
  supportVersions: true,
  supportZones: true,
  supportTransformations: false,
};

const NUMBERS_OF_AN_EVENT = 10;
const FIRST_LAYER_VARIABLE = 10;

function entities({ plan, config }: ContainerOptions, owner: Owner): Json {
  const events = Object.entries(plan.events).map(([name, planned], index) => ({
    name,
    planned,
    number: NUMBERS_OF_AN_EVENT * (index + 1),
  }));
  const used = events
    .map((event) => ({ event, tags: eventTags(event, { plan, config, owner }) }))
    .filter(({ tags }) => tags.length > 0);
  const keys = layerKeysOf(
    used.map(({ event }) => event),
    plan,
  );
  return {
    tag: [...baseTags(config, owner), ...used.flatMap(({ tags }) => tags)],
    trigger: used.map(({ event }) => eventTrigger(owner, event.number, event.name)),
    variable: [
      ...baseVariables(config, owner),
      ...keys.map((key, index) =>
        variable(owner, {
          id: FIRST_LAYER_VARIABLE + index,
          name: layerVariable(key),
          type: 'v',
          value: key,
        }),
      ),
    ],
  };
}

function baseVariables(config: TrackingConfig, owner: Owner): readonly Json[] {
  const constants = [
    [1, 'CONST - GA4 ID', config.ga4_id],
    [2, 'CONST - Meta Pixel ID', config.meta_pixel_id],
    [3, 'CONST - TikTok Pixel Code', config.tiktok_pixel_code],
  ] as const;
  const layer = [
    [4, 'event_id'],
    [5, 'ecommerce'],
  ] as const;
  return [
    ...constants.flatMap(([id, name, value]) =>
      typeof value === 'string' ? [variable(owner, { id, name, type: 'c', value })] : [],
    ),
    ...layer.map(([id, key]) =>
      variable(owner, { id, name: layerVariable(key), type: 'v', value: key }),
    ),
  ];
}
