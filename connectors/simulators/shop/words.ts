/** Word lists of the invented shop and its invented people. */
export const FEMALE_NAMES = [
  'Ana',
  'Beatriz',
  'Camila',
  'Daniela',
  'Eduarda',
  'Fernanda',
  'Gabriela',
  'Helena',
  'Isabela',
  'Juliana',
  'Larissa',
  'Letícia',
  'Luana',
  'Mariana',
  'Natália',
  'Patrícia',
  'Rafaela',
  'Renata',
  'Sofia',
  'Tatiane',
  'Valéria',
  'Vitória',
  'Yasmin',
  'Conceição',
];

export const MALE_NAMES = [
  'André',
  'Bruno',
  'Caio',
  'Carlos',
  'Diego',
  'Eduardo',
  'Felipe',
  'Gabriel',
  'Guilherme',
  'Henrique',
  'Igor',
  'João',
  'José',
  'Leonardo',
  'Lucas',
  'Marcelo',
  'Mateus',
  'Otávio',
  'Paulo',
  'Rafael',
  'Rodrigo',
  'Sérgio',
  'Thiago',
  'Vinícius',
];

export const SURNAMES = [
  'Almeida',
  'Alves',
  'Andrade',
  'Araújo',
  'Barbosa',
  'Barros',
  'Batista',
  'Borges',
  'Cardoso',
  'Carvalho',
  'Castro',
  'Costa',
  'da Silva',
  'de Souza',
  'Dias',
  'dos Santos',
  'Duarte',
  'Fernandes',
  'Ferreira',
  'Freitas',
  'Gomes',
  'Gonçalves',
  'Lima',
  'Lopes',
  'Machado',
  'Marques',
  'Martins',
  'Medeiros',
  'Melo',
  'Mendes',
  'Miranda',
  'Monteiro',
  'Moraes',
  'Moreira',
  'Nascimento',
  'Nogueira',
  'Nunes',
  'Oliveira',
  'Pereira',
  'Pinto',
  'Ramos',
  'Reis',
  'Ribeiro',
  'Rocha',
  'Rodrigues',
  'Teixeira',
  'Vieira',
  'Xavier',
];

export const STREETS = [
  'Rua das Acácias',
  'Rua dos Ipês',
  'Avenida Brasil',
  'Rua São João',
  'Rua Sete de Setembro',
  'Avenida Getúlio Vargas',
  'Rua das Flores',
  'Rua Quinze de Novembro',
  'Travessa do Comércio',
  'Rua Marechal Deodoro',
  'Avenida Paulista',
  'Rua da Paz',
  'Alameda dos Jacarandás',
  'Rua Tiradentes',
];

export const DISTRICTS = [
  'Centro',
  'Jardim América',
  'Vila Nova',
  'Boa Vista',
  'Santo Antônio',
  'Bela Vista',
  'São José',
  'Industrial',
  'Cidade Nova',
  'Alto da Serra',
];

export interface City {
  readonly name: string;
  readonly state: string;
  readonly stateCode: string;
  /** First digits of its postal codes. */
  readonly postalPrefix: string;
  /** Its telephone area. */
  readonly area: string;
  /** How many buyers live there, relative to the others. */
  readonly weight: number;
}

const city = (line: string): City => {
  const [name = '', state = '', stateCode = '', postalPrefix = '', area = '', weight = '1'] =
    line.split('|');
  return { name, state, stateCode, postalPrefix, area, weight: Number(weight) };
};

export const CITIES: readonly City[] = [
  'São Paulo|São Paulo|SP|01|11|26',
  'Campinas|São Paulo|SP|130|19|6',
  'Santos|São Paulo|SP|110|13|3',
  'Ribeirão Preto|São Paulo|SP|140|16|3',
  'Rio de Janeiro|Rio de Janeiro|RJ|20|21|12',
  'Niterói|Rio de Janeiro|RJ|240|21|2',
  'Belo Horizonte|Minas Gerais|MG|301|31|8',
  'Uberlândia|Minas Gerais|MG|384|34|2',
  'Curitiba|Paraná|PR|800|41|6',
  'Londrina|Paraná|PR|860|43|2',
  'Porto Alegre|Rio Grande do Sul|RS|900|51|5',
  'Florianópolis|Santa Catarina|SC|880|48|3',
  'Joinville|Santa Catarina|SC|892|47|2',
  'Salvador|Bahia|BA|400|71|5',
  'Recife|Pernambuco|PE|500|81|4',
  'Fortaleza|Ceará|CE|600|85|4',
  'Brasília|Distrito Federal|DF|700|61|5',
  'Goiânia|Goiás|GO|740|62|3',
  'Belém|Pará|PA|660|91|2',
  'Manaus|Amazonas|AM|690|92|2',
].map(city);

export interface CategoryWords {
  readonly parent: string;
  readonly name: string;
  readonly nouns: readonly string[];
  readonly options: 'sizes' | 'shoes' | 'colors' | 'none';
  /** Usual price in centavos, lowest and highest. */
  readonly prices: readonly [number, number];
}

export const CATEGORIES: readonly CategoryWords[] = [
  {
    parent: 'Moda',
    name: 'Vestidos',
    nouns: ['Vestido Midi', 'Vestido Longo', 'Vestido Curto', 'Chemise'],
    options: 'sizes',
    prices: [14990, 39990],
  },
  {
    parent: 'Moda',
    name: 'Camisetas',
    nouns: ['Camiseta', 'Regata', 'Baby Look', 'Polo'],
    options: 'sizes',
    prices: [4990, 12990],
  },
  {
    parent: 'Moda',
    name: 'Calças',
    nouns: ['Calça Jeans', 'Calça Pantalona', 'Legging', 'Jogger'],
    options: 'sizes',
    prices: [11990, 29990],
  },
  {
    parent: 'Moda',
    name: 'Casacos',
    nouns: ['Jaqueta', 'Cardigã', 'Moletom', 'Blazer'],
    options: 'sizes',
    prices: [15990, 49990],
  },
  {
    parent: 'Calçados',
    name: 'Tênis',
    nouns: ['Tênis Casual', 'Tênis de Corrida', 'Slip On'],
    options: 'shoes',
    prices: [17990, 59990],
  },
  {
    parent: 'Calçados',
    name: 'Sandálias',
    nouns: ['Sandália', 'Rasteirinha', 'Papete'],
    options: 'shoes',
    prices: [7990, 24990],
  },
  {
    parent: 'Acessórios',
    name: 'Bolsas',
    nouns: ['Bolsa Tiracolo', 'Mochila', 'Nécessaire', 'Carteira'],
    options: 'colors',
    prices: [6990, 34990],
  },
  {
    parent: 'Acessórios',
    name: 'Joias',
    nouns: ['Colar', 'Brinco', 'Anel', 'Pulseira'],
    options: 'colors',
    prices: [3990, 19990],
  },
  {
    parent: 'Casa',
    name: 'Decoração',
    nouns: ['Vaso', 'Vela Aromática', 'Almofada', 'Quadro'],
    options: 'none',
    prices: [2990, 18990],
  },
  {
    parent: 'Casa',
    name: 'Cozinha',
    nouns: ['Caneca', 'Avental', 'Jogo Americano', 'Garrafa Térmica'],
    options: 'colors',
    prices: [2490, 14990],
  },
  {
    parent: 'Beleza',
    name: 'Cuidados',
    nouns: ['Hidratante', 'Óleo Corporal', 'Sabonete Vegetal', 'Protetor Solar'],
    options: 'none',
    prices: [2490, 11990],
  },
];

export const STYLES = [
  'Aurora',
  'Ipanema',
  'Serena',
  'Maré',
  'Brisa',
  'Jardim',
  'Lumiar',
  'Alvorada',
  'Cerrado',
  'Litoral',
  'Sertão',
  'Pampa',
  'Iara',
  'Jabuticaba',
  'Pitanga',
  'Caju',
  'Açaí',
  'Sabiá',
  'Tucano',
  'Orvalho',
];

export const COLORS = [
  'Preto',
  'Branco',
  'Azul-marinho',
  'Verde-oliva',
  'Terracota',
  'Rosé',
  'Areia',
];
export const SIZES = ['PP', 'P', 'M', 'G', 'GG'];
export const SHOE_SIZES = ['34', '35', '36', '37', '38', '39', '40', '41', '42'];
export const BRANDS = ['Aurora', 'Casa Ipê', 'Maré Alta', 'Norte'];
export const CARRIERS = [
  { carrier: 'Correios', services: ['PAC', 'SEDEX'] },
  { carrier: 'Jadlog', services: ['.Package', '.Com'] },
  { carrier: 'Loggi', services: ['Econômico', 'Expresso'] },
] as const;

export const SEARCH_TERMS = [
  'vestido midi',
  'vestido longo festa',
  'camiseta feminina',
  'calça pantalona',
  'tênis casual branco',
  'bolsa tiracolo',
  'jaqueta jeans',
  'loja aurora',
  'aurora moda',
  'presente dia das mães',
  'vela aromática',
  'sandália rasteirinha',
  'mochila pequena',
  'óleo corporal',
  'blazer feminino',
];
