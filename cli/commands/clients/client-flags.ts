/** The flags about clients: parts of the table of all flags, which checks their shape. */
export const CLIENT_FLAGS = {
  client: {
    kind: 'text',
    value: 'code',
    summary: 'The client, a file of `clients`, to work for; `all` works for each of them',
  },
  clientsAtOnce: {
    kind: 'integer',
    minimum: 1,
    value: 'count',
    default: 2,
    summary: 'With `--client all`: how many clients are worked for at once',
  },
} as const;
