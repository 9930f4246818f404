/** A query of the Google Ads Query Language, as far as the connector asks. */
export interface GaqlQuery {
  /** `campaign.id`, `metrics.cost_micros`, in the order of the query. */
  readonly fields: readonly string[];
  /** `campaign`. */
  readonly resource: string;
  /** Days of `segments.date`, both included. */
  readonly days: { readonly since: string; readonly until: string } | undefined;
  readonly limit: number | undefined;
}

const QUERY =
  /^SELECT\s+(?<fields>[\w.,\s]+?)\s+FROM\s+(?<resource>\w+)(?:\s+WHERE\s+segments\.date\s+(?:=\s*'(?<day>[\d-]+)'|BETWEEN\s+'(?<since>[\d-]+)'\s+AND\s+'(?<until>[\d-]+)'))?(?:\s+LIMIT\s+(?<limit>\d+))?\s*$/i;

/** Reads a query; `undefined` for what the simulator does not understand. */
export function parseGaql(text: string): GaqlQuery | undefined {
  const groups = QUERY.exec(text.trim())?.groups;
  if (groups === undefined) return undefined;
  const { fields = '', resource = '', day, since = day, until = day, limit } = groups;
  return {
    fields: fields.split(',').map((field) => field.trim()),
    resource,
    days: since === undefined || until === undefined ? undefined : { since, until },
    limit: limit === undefined ? undefined : Number(limit),
  };
}
