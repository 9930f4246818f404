/** A setting of a tag, trigger or variable, as exports of Tag Manager write it: values are texts. */
export interface Parameter {
  readonly type: 'TEMPLATE' | 'BOOLEAN' | 'INTEGER' | 'LIST' | 'MAP';
  readonly key?: string;
  readonly value?: string;
  readonly list?: readonly Parameter[];
  readonly map?: readonly Parameter[];
}

/** What every entity of one container carries. */
export interface Owner {
  readonly accountId: string;
  readonly containerId: string;
  readonly fingerprint: string;
}

type Entity = Readonly<Record<string, unknown>>;

/** `NOT_SET`: the tag type asks for consent itself. */
export type ConsentNeed = 'NOT_SET' | 'NOT_NEEDED' | 'ad_storage';

export interface TagOptions {
  readonly id: number;
  readonly name: string;
  readonly type: 'html' | 'googtag' | 'gaawe' | 'gclidw';
  readonly parameter: readonly Parameter[];
  readonly trigger: string;
  readonly consent: ConsentNeed;
  readonly isOncePerLoad?: boolean;
  /** Name of the tag that must have fired before. */
  readonly setupTag?: string;
}

export const FOLDER = { id: '1', name: 'Cortex' } as const;

/** Triggers that every container has; exports do not list them. */
export const SYSTEM_TRIGGER = {
  allPages: '2147479553',
  consentInitialization: '2147479572',
  initialization: '2147479573',
} as const;

export const template = (key: string, value: string): Parameter => ({
  type: 'TEMPLATE',
  key,
  value,
});
export const boolean = (key: string, value: boolean): Parameter => ({
  type: 'BOOLEAN',
  key,
  value: String(value),
});

/** `configSettingsTable` and `eventSettingsTable`: rows of a parameter and its value. */
export function settingsTable(key: string, rows: Readonly<Record<string, string>>): Parameter {
  const list = Object.entries(rows).map(([parameter, value]): Parameter => ({
    type: 'MAP',
    map: [template('parameter', parameter), template('parameterValue', value)],
  }));
  return { type: 'LIST', key, list };
}

export function tag(owner: Owner, options: TagOptions): Entity {
  const { accountId, containerId, fingerprint } = owner;
  const { setupTag } = options;
  return {
    accountId,
    containerId,
    tagId: String(options.id),
    name: options.name,
    type: options.type,
    parameter: options.parameter,
    fingerprint,
    firingTriggerId: [options.trigger],
    parentFolderId: FOLDER.id,
    tagFiringOption: options.isOncePerLoad === true ? 'ONCE_PER_LOAD' : 'ONCE_PER_EVENT',
    monitoringMetadata: { type: 'MAP' },
    consentSettings: consentSettings(options.consent),
    ...(setupTag === undefined
      ? {}
      : { setupTag: [{ tagName: setupTag, stopOnSetupFailure: true }] }),
  };
}

function consentSettings(need: ConsentNeed): Entity {
  if (need !== 'ad_storage') return { consentStatus: need };
  return {
    consentStatus: 'NEEDED',
    consentType: { type: 'LIST', list: [{ type: 'TEMPLATE', value: need }] },
  };
}

/** Fires on a push of this event. */
export function eventTrigger(owner: Owner, id: number, event: string): Entity {
  const { accountId, containerId, fingerprint } = owner;
  return {
    accountId,
    containerId,
    triggerId: String(id),
    name: `CE - ${event}`,
    type: 'CUSTOM_EVENT',
    customEventFilter: [
      { type: 'EQUALS', parameter: [template('arg0', '{{_event}}'), template('arg1', event)] },
    ],
    fingerprint,
    parentFolderId: FOLDER.id,
  };
}

export interface VariableOptions {
  readonly id: number;
  readonly name: string;
  /** `c`: a constant, `v`: a key of the data layer. */
  readonly type: 'c' | 'v';
  readonly value: string;
}

export function variable(owner: Owner, { id, name, type, value }: VariableOptions): Entity {
  const { accountId, containerId, fingerprint } = owner;
  const layer: readonly Parameter[] = [
    { type: 'INTEGER', key: 'dataLayerVersion', value: '2' },
    boolean('setDefaultValue', false),
    template('name', value),
  ];
  return {
    accountId,
    containerId,
    variableId: String(id),
    name,
    type,
    parameter: type === 'c' ? [template('value', value)] : layer,
    fingerprint,
    parentFolderId: FOLDER.id,
    formatValue: {},
  };
}
