import type { ColumnProperties, ManifestNode } from '../../cli/manifest/node.ts';
import type { Layer } from '../pack/dictionary.ts';

/** What the data dictionary says in one language. */
export interface Words {
  readonly title: string;
  readonly intro: readonly string[];
  readonly layers: Readonly<Record<Layer, string>>;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly meaning: string;
  readonly key: string;
  readonly reads: string;
  readonly readBy: string;
  readonly tests: string;
  /** What is tested of whole rows and tables. */
  readonly invariants: string;
  readonly owner: string;
  readonly sources: string;
  readonly aboutSources: string;
  readonly exposures: string;
  /** Names of tests of columns; others are shown as they are. */
  readonly testNames: Readonly<Record<string, string>>;
  /** From the page to `docs/`. */
  readonly toDocs: string;
  /** What a model is, for lists. */
  summaryOf(node: ManifestNode): string;
  textOf(node: ManifestNode): string;
  /** Its text, with its label where the language has one. */
  paragraphOf(node: ManifestNode): string;
  columnText(column: ColumnProperties): string;
}

interface Described {
  readonly meta: Readonly<Record<string, unknown>>;
}

const meta = ({ meta: values }: Described, key: string): string => {
  const text = values[key];
  return typeof text === 'string' ? text : '';
};
const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
const firstSentence = (text: string): string => /^.*?[.](?= |$)/.exec(text)?.[0] ?? text;

export const ENGLISH: Words = {
  title: 'Data dictionary of the model pack',
  intro: [
    'Written by `npm run docs` from the descriptions of the models. In Portuguese: [dicionário de dados](pt-BR/dicionario-de-dados.md).',
    'What the numbers mean and how they are worked out: [model pack](model-pack.md).',
    '',
    'Types are those that MySQL and MariaDB build. In small letters (`integer`, `text`) they depend on the server. Times',
    'that end in `_at` are UTC, those in `_local` and all dates are in the time zone of the client; amounts are in the',
    'currency of the client. A test holds the names and types of the client’s own dictionary, on both servers, and each data',
    'test is shown to fail on broken data: [mutations](data-test-mutations.md).',
  ],
  layers: {
    dimensions: 'Dimensions',
    facts: 'Facts',
    marts: 'Customers and products',
    reports: 'Reports',
    intermediate: 'Intermediate models',
    staging: 'Staging: one model for each platform',
    seeds: 'Seeds: tables to edit',
  },
  table: 'table',
  column: 'column',
  type: 'type',
  meaning: 'meaning',
  key: 'One row for each',
  reads: 'Reads',
  readBy: 'Read by',
  tests: 'tests',
  invariants: 'Invariants',
  owner: 'Owner',
  sources: 'Raw tables',
  aboutSources: 'What `cortex sync` lands. The columns are in the pages of the platforms.',
  exposures: 'What is made of it',
  testNames: {
    not_null: 'not null',
    accepted_values: 'listed values',
    accepted_range: 'in range',
    sum_equals: 'sum',
  },
  toDocs: '',
  summaryOf: ({ description }) => firstSentence(oneLine(description)),
  textOf: ({ description }) => oneLine(description),
  paragraphOf: ({ description }) => oneLine(description),
  columnText: ({ description }) => description,
};

export const PORTUGUESE: Words = {
  title: 'Dicionário de dados do pacote de modelos',
  intro: [
    'Escrito por `npm run docs` a partir das descrições dos modelos. Em inglês: [data dictionary](../data-dictionary.md).',
    'O que os números significam e como são calculados (em inglês): [model pack](../model-pack.md).',
    '',
    'Os tipos são os que o MySQL e o MariaDB criam; em letras minúsculas (`integer`, `text`) dependem do servidor. Horários',
    'terminados em `_at` estão em UTC; os terminados em `_local` e todas as datas estão no fuso horário do cliente; os valores,',
    'na moeda do cliente. Um teste confere, nos dois servidores, os nomes e tipos do dicionário do próprio cliente, e cada teste',
    'de dados é posto à prova com dados quebrados (em inglês): [mutações](../data-test-mutations.md).',
  ],
  layers: {
    dimensions: 'Dimensões',
    facts: 'Fatos',
    marts: 'Clientes e produtos',
    reports: 'Relatórios',
    intermediate: 'Modelos intermediários',
    staging: 'Preparação: um modelo para cada plataforma',
    seeds: 'Tabelas de apoio, para editar',
  },
  table: 'tabela',
  column: 'coluna',
  type: 'tipo',
  meaning: 'significado',
  key: 'Uma linha para cada',
  reads: 'Lê',
  readBy: 'Lida por',
  tests: 'testes',
  invariants: 'Regras conferidas',
  owner: 'Responsável',
  sources: 'Tabelas brutas',
  aboutSources:
    'O que o `cortex sync` traz. As colunas estão nas páginas das plataformas, em inglês.',
  exposures: 'Para que serve',
  testNames: {
    not_null: 'não vazio',
    unique: 'único',
    accepted_values: 'valores da lista',
    accepted_range: 'dentro da faixa',
    sum_equals: 'soma confere',
    sequential_values: 'sem lacunas',
    not_in_future: 'não futuro',
    string_length_equal: 'tamanho fixo',
  },
  toDocs: '../',
  summaryOf: (node) => meta(node, 'label_pt'),
  textOf: (node) => meta(node, 'description_pt'),
  paragraphOf: (node) => `**${meta(node, 'label_pt')}** – ${meta(node, 'description_pt')}`,
  columnText: (column) => `**${meta(column, 'label_pt')}**. ${meta(column, 'description_pt')}`,
};
