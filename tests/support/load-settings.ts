/** Charset and collation of new tables in tests. */
export const TABLE_DEFAULTS = { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' } as const;
