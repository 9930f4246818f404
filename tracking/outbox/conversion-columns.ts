/** Columns of the model that is sent, in its order; those without a mark may be missing. */
export const MODEL_COLUMNS = [
  'order_id',
  'occurred_at',
  'currency',
  'total',
  'net_total',
  'changed_at',
  'is_cancelled',
  'action_source',
  'event_source_url',
  'items',
  'fbclid',
  'fbc',
  'fbp',
  'gclid',
  'gbraid',
  'wbraid',
  'ttclid',
  'ttp',
  'clicked_at',
  'consent_marketing',
  'consent_ad_user_data',
  'consent_ad_personalization',
  'consent_recorded_at',
  'consent_revoked_at',
  'consent_regranted_at',
  'is_erased',
] as const;
export type ModelColumn = (typeof MODEL_COLUMNS)[number];

export const REQUIRED_COLUMNS: readonly ModelColumn[] = [
  'order_id',
  'occurred_at',
  'currency',
  'total',
];

/** What tells whether there is something to say of an order. */
export const QUEUE_COLUMNS: readonly ModelColumn[] = [
  'order_id',
  'occurred_at',
  'net_total',
  'is_cancelled',
];

/** Columns with personal data: of the identity relation, or of the model where there is none. */
export const IDENTITY_COLUMNS = [
  'customer_id',
  'email',
  'phone',
  'full_name',
  'first_name',
  'last_name',
  'birth_date',
  'gender',
  'city',
  'state',
  'postal_code',
  'country',
  'ip',
  'user_agent',
] as const;
type IdentityColumn = (typeof IDENTITY_COLUMNS)[number];

/** A row as the server sends it: texts and nulls, by column; columns that are missing are undefined. */
export type ConversionRow = Readonly<Partial<Record<ModelColumn | IdentityColumn, string | null>>>;
