import { conversionDestinations } from '../../project/conversion-destinations.ts';
import type { ProjectSession } from '../session.ts';
import { connectorNames } from '../sync/read-connectors.ts';
import type { ChecklistItem } from './item.ts';
import { seeAlerts, seeConversions, seeDailyRun, seeReports } from './see-delivery.ts';
import { seeClient, seeCredentials, seeDatabase, seeFresh, seeTokens } from './see-basics.ts';
import { seeBackfill, seeTests } from './see-integration.ts';
import { seeContainer, seeEvents } from './see-tracking.ts';

/** Everything between a client's signature and its daily run, in the order of the weeks. */
export const CHECKLIST: readonly ChecklistItem[] = [
  {
    id: 'client',
    week: 'discovery',
    task: {
      en: 'Time zone and currency of the client stand in `cortex_project.yml`, as its shop has them',
      pt: 'Fuso horário e moeda do cliente estão em `cortex_project.yml`, como na loja',
    },
    look: { at: 'state', see: seeClient },
  },
  {
    id: 'credentials',
    week: 'discovery',
    task: {
      en: 'The owner of each account has given access, and all accounts answer',
      pt: 'O dono de cada conta deu acesso, e todas as contas respondem',
    },
    guide: { en: 'credentials.md', pt: 'credenciais.md' },
    look: { at: 'accounts', see: seeCredentials },
  },
  {
    id: 'paid-orders',
    week: 'discovery',
    task: {
      en: 'It is known which orders count as paid, and what the shop calls net revenue',
      pt: 'Está combinado quais pedidos contam como pagos e o que a loja chama de receita líquida',
    },
    byHand: {},
  },
  {
    id: 'database',
    week: 'discovery',
    task: {
      en: '`cortex setup` has made the databases, and `cortex debug` finds nothing that fails',
      pt: '`cortex setup` criou os bancos, e `cortex debug` não encontra falha',
    },
    look: { at: 'accounts', see: seeDatabase },
  },
  {
    id: 'container',
    week: 'tracking',
    task: {
      en: 'The ids of the client stand under `tracking:`, and `cortex tracking gtm` has written the container',
      pt: 'Os ids do cliente estão em `tracking:`, e `cortex tracking gtm` escreveu o contêiner',
    },
    guide: { en: 'tracking/tag-manager.md', pt: 'gerenciador-de-tags.md' },
    look: { at: 'project', see: seeContainer },
  },
  {
    id: 'published',
    week: 'tracking',
    task: {
      en: 'The container is imported and published',
      pt: 'O contêiner foi importado e publicado',
    },
    guide: { en: 'tracking/google.md', pt: 'google.md' },
    byHand: {},
  },
  {
    id: 'validated',
    week: 'tracking',
    task: {
      en: '`cortex tracking validate` finds nothing in an export of it and in the pushes of a test order',
      pt: '`cortex tracking validate` não encontra nada na exportação dele nem nos envios de um pedido de teste',
    },
    byHand: {},
  },
  {
    id: 'events',
    week: 'tracking',
    task: {
      en: 'Sessions and purchases of the site arrive in GA4',
      pt: 'Sessões e compras do site chegam ao GA4',
    },
    look: { at: 'state', see: seeEvents },
    applies: (session) => connectorNames(session).includes('ga4'),
  },
  {
    id: 'backfill',
    week: 'integration',
    task: {
      en: '`cortex backfill` has read 90 days of every platform',
      pt: '`cortex backfill` leu 90 dias de cada plataforma',
    },
    look: { at: 'state', see: seeBackfill },
  },
  {
    id: 'tests',
    week: 'integration',
    task: {
      en: '`cortex build` ends with 0, and all tests pass',
      pt: '`cortex build` termina com 0, e todos os testes passam',
    },
    look: { at: 'state', see: seeTests },
  },
  {
    id: 'orders-agree',
    week: 'integration',
    task: {
      en: "Orders and revenue of `rpt_daily_performance` agree with the shop's own report for three days",
      pt: 'Pedidos e receita de `rpt_daily_performance` batem com o relatório da loja em três dias',
    },
    byHand: {},
  },
  {
    id: 'spend-agrees',
    week: 'integration',
    task: {
      en: "Spend of `rpt_campaign_performance` agrees with the platforms' for the same days",
      pt: 'O investimento de `rpt_campaign_performance` bate com o das plataformas nos mesmos dias',
    },
    byHand: {},
    applies: advertises,
  },
  {
    id: 'reports',
    week: 'delivery',
    task: {
      en: 'The reports stand, and are of today or yesterday',
      pt: 'Os relatórios estão construídos e são de hoje ou de ontem',
    },
    look: { at: 'state', see: seeReports },
  },
  {
    id: 'dashboards',
    week: 'delivery',
    task: {
      en: 'Dashboards read reports and marts with a user that may only read those',
      pt: 'Os painéis leem relatórios e marts com um usuário que só pode ler essas tabelas',
    },
    byHand: {},
  },
  {
    id: 'daily-run',
    week: 'delivery',
    task: {
      en: 'The daily pipeline runs by itself',
      pt: 'O pipeline diário roda sozinho',
    },
    look: { at: 'state', see: seeDailyRun },
  },
  {
    id: 'alerts',
    week: 'delivery',
    task: {
      en: 'Somebody hears of it when something fails: a message has arrived through every channel',
      pt: 'Alguém é avisado quando algo falha: uma mensagem chegou por cada canal',
    },
    look: { at: 'state', see: seeAlerts },
    byHand: {},
  },
  {
    id: 'conversions',
    week: 'delivery',
    task: {
      en: 'Conversions go out: first in a test, `cortex convert --dry-run`, then for good',
      pt: 'As conversões saem: primeiro em teste, `cortex convert --dry-run`, e depois para valer',
    },
    look: { at: 'state', see: seeConversions },
    applies: (session) => advertises(session) || conversionDestinations(session.project).length > 0,
  },
  {
    id: 'dictionary',
    week: 'delivery',
    task: {
      en: 'The client knows the data dictionary',
      pt: 'O cliente conhece o dicionário de dados',
    },
    guide: { en: 'data-dictionary.md', pt: 'dicionario-de-dados.md' },
    byHand: {},
  },
  {
    id: 'fresh',
    week: 'after',
    task: {
      en: 'Every week: streams are read, and sources are fresh',
      pt: 'Toda semana: os streams são lidos, e as fontes estão atualizadas',
    },
    look: { at: 'state', see: seeFresh },
  },
  {
    id: 'tokens',
    week: 'after',
    task: {
      en: 'Every week: no token ends soon',
      pt: 'Toda semana: nenhum token vence em breve',
    },
    look: { at: 'project', see: seeTokens },
    applies: (session) => connectorNames(session).length > 0,
  },
  {
    id: 'compared',
    week: 'after',
    task: {
      en: 'Every month: three days are compared with the platforms again',
      pt: 'Todo mês: três dias são comparados de novo com as plataformas',
    },
    byHand: { everyDays: 31 },
  },
];

function advertises(session: ProjectSession): boolean {
  return connectorNames(session).some((name) => name.endsWith('_ads'));
}
