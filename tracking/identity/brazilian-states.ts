import { folded } from './text.ts';

const STATES: Readonly<Record<string, string>> = {
  ac: 'Acre',
  al: 'Alagoas',
  ap: 'Amapá',
  am: 'Amazonas',
  ba: 'Bahia',
  ce: 'Ceará',
  df: 'Distrito Federal',
  es: 'Espírito Santo',
  go: 'Goiás',
  ma: 'Maranhão',
  mt: 'Mato Grosso',
  ms: 'Mato Grosso do Sul',
  mg: 'Minas Gerais',
  pa: 'Pará',
  pb: 'Paraíba',
  pr: 'Paraná',
  pe: 'Pernambuco',
  pi: 'Piauí',
  rj: 'Rio de Janeiro',
  rn: 'Rio Grande do Norte',
  rs: 'Rio Grande do Sul',
  ro: 'Rondônia',
  rr: 'Roraima',
  sc: 'Santa Catarina',
  sp: 'São Paulo',
  se: 'Sergipe',
  to: 'Tocantins',
};

const CODE_BY_NAME = new Map(
  Object.entries(STATES).flatMap(([code, name]) => [
    [code, code],
    [folded(name), code],
  ]),
);

/** The two letters of a state of Brazil, in lower case, from its letters or its name. */
export function brazilianState(text: string): string | undefined {
  return CODE_BY_NAME.get(folded(text).replaceAll(/\s+/g, ' ').replace(/^br-/, ''));
}
