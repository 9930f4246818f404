const ADDRESS = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const GOOGLE_DOMAINS: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/** Lower case; `undefined` for what is no address. Meta and TikTok take it like this. */
export function email(text: string): string | undefined {
  const address = text.toLowerCase();
  return ADDRESS.test(address) ? address : undefined;
}

/**
 * As Google compares addresses: for gmail.com and googlemail.com without dots and without what follows a
 * plus; other domains are left alone (Data Manager API, "Format user data").
 */
export function googleEmail(text: string): string | undefined {
  const address = email(text);
  if (address === undefined) return undefined;
  const [user = '', domain = ''] = address.split('@');
  if (!GOOGLE_DOMAINS.has(domain)) return address;
  const plain = user.replace(/\+.*$/, '').replaceAll('.', '');
  return plain === '' ? undefined : `${plain}@${domain}`;
}
