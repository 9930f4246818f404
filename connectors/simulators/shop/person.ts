import { mix, randomOf, unit } from '../random.ts';
import type { Random } from '../random.ts';
import type { Address, Contact } from './people-records.ts';
import { TAG } from './tags.ts';
import { CITIES, DISTRICTS, FEMALE_NAMES, MALE_NAMES, STREETS, SURNAMES } from './words.ts';

const CITY_WEIGHTS = CITIES.map(({ weight }) => weight);

/** An invented person: the truth that accounts and checkouts are typed from. */
export interface Person {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly gender: 'female' | 'male';
  readonly birthDate: string;
  readonly email: string;
  readonly otherEmail: string;
  /** `+5511900012345` */
  readonly phone: string;
  /** Eleven digits. */
  readonly document: string;
  readonly address: Address;
}

/** A person by number; the same one whenever it is asked for. */
export function personOfSeed(seed: number, id: number): Person {
  const random = randomOf(seed, TAG.person, id);
  const isFemale = random.chance(0.68);
  const firstName = random.pick(isFemale ? FEMALE_NAMES : MALE_NAMES);
  const lastName = random.pick(SURNAMES);
  const city = CITIES[random.weighted(CITY_WEIGHTS)] ?? CITIES[0];
  const mailbox = `${plain(firstName)}.${plain(lastName)}`;
  const number = id.toString(36);
  return {
    id,
    firstName,
    lastName,
    gender: isFemale ? 'female' : 'male',
    birthDate: birthDateOf(random),
    email: `${mailbox}.${number}@example.com`,
    otherEmail: `${mailbox.slice(0, 1)}${number}@example.com.br`,
    phone: phoneOf(city?.area ?? '11', id),
    document: documentOf(id),
    address: addressOf(random, city?.name ?? ''),
  };
}

/** What a person types into a checkout or a form: mostly tidy. `place` numbers the form. */
export function typedContact(seed: number, person: Person, place: number): Contact {
  const hash = (what: number) => unit(seed, TAG.contact, place, what);
  const email = hash(1) < 0.03 ? person.email.toUpperCase() : person.email;
  return {
    name: `${person.firstName} ${person.lastName}`,
    email: hash(2) < 0.01 ? `${email} ` : email,
    phone: typedPhone(person.phone, hash(3)),
    document: typedDocument(person.document, hash(4)),
  };
}

/** Another address of the same person's city: a parent's, an office. */
export function otherAddress(seed: number, person: Person, place: number): Address {
  return addressOf(randomOf(seed, TAG.contact, place, 9), person.address.city);
}

/**
 * A CPF with right check digits that begins with 00, which the tax office hardly ever gave out: numbers of
 * nobody, for ten million people.
 */
function documentOf(id: number): string {
  const digits = `00${String((id + 1001) % 10_000_000).padStart(7, '0')}`;
  const first = checkDigit(digits);
  return `${digits}${first}${checkDigit(digits + first)}`;
}

function checkDigit(digits: string): string {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    sum += Number(digits[place]) * (digits.length + 1 - place);
  }
  const rest = (sum * 10) % 11;
  return String(rest === 10 ? 0 : rest);
}

/** A mobile number that begins with 90, which no operator has. */
function phoneOf(area: string, id: number): string {
  return `+55${area}90${String(id % 10_000_000).padStart(7, '0')}`;
}

function typedPhone(phone: string, share: number): string {
  if (share < 0.06) return '';
  if (share < 0.7) return phone;
  const national = phone.slice(3);
  if (share < 0.85) return national;
  return `(${national.slice(0, 2)}) ${national.slice(2, 7)}-${national.slice(7)}`;
}

function typedDocument(document: string, share: number): string {
  if (share < 0.04) return '';
  if (share < 0.75) return document;
  return document.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4');
}

function birthDateOf(random: Random): string {
  const year = random.whole(1955, 2005);
  const month = String(random.whole(1, 12)).padStart(2, '0');
  return `${year}-${month}-${String(random.whole(1, 28)).padStart(2, '0')}`;
}

function addressOf(random: Random, cityName: string): Address {
  const city = CITIES.find(({ name }) => name === cityName) ?? CITIES[0];
  const rest = 8 - (city?.postalPrefix.length ?? 2);
  const postal = `${city?.postalPrefix ?? '01'}${String(random.whole(0, 10 ** rest - 1)).padStart(rest, '0')}`;
  return {
    street: random.pick(STREETS),
    number: String(random.whole(1, 2400)),
    complement: random.chance(0.3) ? `Apto ${random.whole(1, 25)}${random.whole(1, 4)}` : '',
    district: random.pick(DISTRICTS),
    city: city?.name ?? '',
    state: city?.state ?? '',
    stateCode: city?.stateCode ?? '',
    postalCode: `${postal.slice(0, 5)}-${postal.slice(5)}`,
  };
}

/** Lower-case letters of ASCII. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 -]/g, '')
    .trim()
    .replace(/[ -]+/g, '-')
    .toLowerCase();
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A text of letters and digits, the same for the same numbers. */
export function idText(length: number, first: number, second: number, third: number): string {
  let text = '';
  for (let part = 0; text.length < length; part += 1) {
    let bits = mix(first, second, third, part);
    for (let letter = 0; letter < 6; letter += 1) {
      text += LETTERS[bits & 31];
      bits >>>= 5;
    }
  }
  return text.slice(0, length);
}
