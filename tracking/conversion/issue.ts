/** Why an event is not sent. */
export type IssueCode =
  /** A website event of Meta without the page's address, or without the browser's name. */
  | 'missing_event_source_url'
  | 'missing_client_user_agent'
  | 'missing_currency'
  /** Not three capital letters. */
  | 'invalid_currency'
  /** 0 is a value. */
  | 'missing_value'
  /** Only identifiers that Meta refuses as too broad. */
  | 'insufficient_user_data'
  /** Neither user data nor a click id. */
  | 'no_identifiers'
  | 'gbraid_wbraid_both_set'
  /** Older than the platform takes. */
  | 'too_old'
  /** More than a minute ahead of now. */
  | 'in_future'
  /** The platform cannot take a conversion back. */
  | 'retraction_not_supported';

/** An event of a platform's request, or why there is none. */
export type Built<Event> =
  | { readonly event: Event; readonly issue?: undefined }
  | { readonly issue: IssueCode; readonly event?: undefined };
