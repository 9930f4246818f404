/** Flags of `cortex init`, a part of the table in `cli/commands/flags.ts`. */
export const INIT_FLAGS = {
  platform: {
    kind: 'list',
    value: 'platform',
    isLocal: true,
    summary: 'Platforms of the shop: `nuvemshop`, `tray`, `shopify`',
  },
  ads: {
    kind: 'list',
    value: 'platform',
    isLocal: true,
    summary: 'Where the shop advertises: `meta`, `google`, `tiktok`, with commas',
  },
  analytics: {
    kind: 'list',
    value: 'platform',
    isLocal: true,
    summary: 'What measures its visits: `ga4`',
  },
  language: {
    kind: 'choice',
    choices: ['en', 'pt-BR'],
    default: 'en',
    isLocal: true,
    summary: 'Language of the guides, and locale of the client',
  },
} as const;
