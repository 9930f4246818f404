/** The flags of `cortex privacy`: parts of the table of all flags, which checks their shape. */
export const PRIVACY_FLAGS = {
  email: {
    kind: 'text',
    value: 'address',
    isLocal: true,
    summary: 'E-mail address of the person',
  },
  phone: {
    kind: 'text',
    value: 'number',
    isLocal: true,
    summary: 'Telephone number of the person, of Brazil unless it begins with `+`',
  },
  document: {
    kind: 'text',
    value: 'number',
    isLocal: true,
    summary: 'CPF or CNPJ of the person, with or without dots',
  },
  exportFile: {
    kind: 'text',
    name: 'file',
    value: 'file',
    completes: 'file',
    isLocal: true,
    summary: 'Where the data goes, as JSON; a readable text goes beside it',
  },
  yes: {
    kind: 'switch',
    isLocal: true,
    summary: 'Do it without asking',
  },
} as const;
