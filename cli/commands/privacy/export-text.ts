import type { PersonExport } from './export-person.ts';

interface Words {
  readonly title: string;
  readonly made: string;
  readonly about: string;
  readonly records: string;
  readonly rejected: string;
  readonly derived: string;
  readonly sent: string;
  readonly sentAbout: string;
  readonly none: string;
}

const ENGLISH: Words = {
  title: 'Personal data',
  made: 'Made',
  about:
    'All that is known here of one person: records as the platforms gave them, what was worked out from them, and what was sent on.',
  records: 'Records of platforms',
  rejected: 'Records that could not be stored',
  derived: 'What was worked out from them',
  sent: 'Shared with advertising platforms',
  sentAbout:
    'Each event carried hashes of the e-mail address and the telephone number where they were known.',
  none: 'Nothing.',
};

const PORTUGUESE: Words = {
  title: 'Dados pessoais',
  made: 'Gerado em',
  about:
    'Tudo o que há aqui sobre uma pessoa: os registros como as plataformas os enviaram, o que foi calculado a partir deles e o que foi compartilhado.',
  records: 'Registros das plataformas',
  rejected: 'Registros que não puderam ser gravados',
  derived: 'O que foi calculado a partir deles',
  sent: 'Compartilhado com plataformas de anúncios',
  sentAbout: 'Cada evento levou hashes do e-mail e do telefone, quando eram conhecidos.',
  none: 'Nada.',
};

/** The export for people, as Markdown in the language of the project. */
export function exportText(data: PersonExport, locale: string): string {
  const words = locale.toLowerCase().startsWith('pt') ? PORTUGUESE : ENGLISH;
  const records = data.records.map(({ platform, account, stream, record }) => ({
    title: `${platform} · ${stream} · ${account}`,
    value: record,
  }));
  const rejected = data.rejected_records.map(({ platform, stream, record }) => ({
    title: `${platform} · ${stream}`,
    value: record,
  }));
  const derived = Object.entries(data.tables).flatMap(([title, rows]) =>
    rows.map((value) => ({ title, value })),
  );
  const sent = data.conversions.map((value) => ({
    title: `${value.platform} · ${value.event_id}`,
    value,
  }));
  return [
    `# ${words.title}`,
    `${words.made}: ${data.made_at}`,
    words.about,
    ...section(words.records, records, words),
    ...(rejected.length === 0 ? [] : section(words.rejected, rejected, words)),
    ...section(words.derived, derived, words),
    ...section(words.sent, sent, words),
    ...(sent.length === 0 ? [] : [words.sentAbout]),
    '',
  ].join('\n\n');
}

function section(
  title: string,
  items: readonly { readonly title: string; readonly value: unknown }[],
  { none }: Words,
): readonly string[] {
  const parts = items.flatMap((item) => [`### ${item.title}`, fields(item.value).join('\n')]);
  return [`## ${title}`, ...(parts.length === 0 ? [none] : parts)];
}

/** `- customer.email: ana@example.com`, for every value that is there. */
function fields(value: unknown, path = ''): readonly string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => fields(item, `${path}[${index + 1}]`));
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) =>
      fields(inner, path === '' ? key : `${path}.${key}`),
    );
  }
  return [`- ${path}: ${typeof value === 'string' ? value : JSON.stringify(value)}`];
}
