import { shipped } from './define.ts';

export const md5 = shipped({
  name: 'md5',
  description:
    'MD5 of a text as 32 lower-case hex digits, for keys that another system made. Where the server has no MD5 (MySQL since 9.6) it is computed in SQL, thousands of times slower: take `hash` or `surrogate_key` for keys of your own.',
  arguments: [{ name: 'value', type: 'expression', description: 'A text or any other value.' }],
  sql(given, { capabilities }) {
    const text = `cast(${given.sql('value')} as char)`;
    return capabilities.md5 === true ? `md5(${text})` : computed(text);
  },
});

/** Words have 32 bits, MySQL's bit operators work on 64. */
const WORD = 0xffffffff;
const START = { a: 0x67452301, b: 0xefcdab89, c: 0x98badcfe, d: 0x10325476 };

/** Each of the four rounds of 16 steps has its own way to mix, to pick words of the message and to turn. */
const MIX = perRound(
  `(b & c) | ((b ^ ${WORD}) & d)`,
  `(d & b) | ((d ^ ${WORD}) & c)`,
  'b ^ c ^ d',
  `c ^ (b | (d ^ ${WORD}))`,
);
const PICK = perRound('step % 16', '(step * 5 + 1) % 16', '(step * 3 + 5) % 16', '(step * 7) % 16');
const TURN = unsigned(
  perRound(turns(7, 12, 17, 22), turns(5, 9, 14, 20), turns(4, 11, 16, 23), turns(6, 10, 15, 21)),
);

/**
 * RFC 1321 as a recursive query: a row for each of the 64 steps of each block of 64 bytes. The texts that keys
 * are made of have one or two blocks, far below every limit of recursion.
 */
function computed(text: string): string {
  const picked = `substring(digits, (step div 64) * 128 + (${PICK}) * 8 + 1, 8)`;
  const word = unsigned(`conv(${reversedBytes(picked, 4)}, 16, 10)`);
  const constant = unsigned('floor(abs(sin(step % 64 + 1)) * 4294967296)');
  const sum = `((a + ${word} + ${constant} + (${MIX})) & ${WORD})`;
  const next = `((b + ((${sum} << ${TURN}) | (${sum} >> (32 - ${TURN})))) & ${WORD})`;
  const length = reversedBytes(`lpad(hex(length(t) * 8), 16, '0')`, 8);
  return `(with recursive message as (
  select concat(hex(t), '80', repeat('00', 63 - (length(t) + 8) % 64), ${length}) as digits
  from (select ${text} as t) as given where t is not null
), steps as (
  select 0 as step, digits, ${start('a')}, ${start('b')}, ${start('c')}, ${start('d')},
    ${start('a')}0, ${start('b')}0, ${start('c')}0, ${start('d')}0
  from message
  union all
  select step + 1, digits,
    ${atEnd('a0 + d', 'd')}, ${atEnd(`b0 + ${next}`, next)}, ${atEnd('c0 + b', 'b')}, ${atEnd('d0 + c', 'c')},
    ${atEnd('a0 + d', 'a0')}, ${atEnd(`b0 + ${next}`, 'b0')}, ${atEnd('c0 + b', 'c0')}, ${atEnd('d0 + c', 'd0')}
  from steps where step < length(digits) div 2
)
select lower(concat(${['a', 'b', 'c', 'd'].map((name) => reversedBytes(`lpad(hex(${name}), 8, '0')`, 4)).join(', ')}))
from steps order by step desc limit 1)`;
}

function perRound(...choices: readonly string[]): string {
  const whens = choices.map((choice, round) => `when ${round} then ${choice}`).join(' ');
  return `case (step div 16) % 4 ${whens} end`;
}

function turns(...bits: readonly number[]): string {
  return `elt(step % 4 + 1, ${bits.join(', ')})`;
}

function unsigned(sql: string): string {
  return `cast(${sql} as unsigned)`;
}

function start(name: keyof typeof START): string {
  return `${unsigned(String(START[name]))} as ${name}`;
}

/** After the last step of a block its words are added to those the block began with. */
function atEnd(sum: string, otherwise: string): string {
  return `if(step % 64 = 63, (${sum}) & ${WORD}, ${otherwise})`;
}

/** Hex digits with the bytes in opposite order. */
function reversedBytes(hex: string, count: number): string {
  const bytes = Array.from(
    { length: count },
    (_, index) => `substring(${hex}, ${(count - index) * 2 - 1}, 2)`,
  );
  return `concat(${bytes.join(', ')})`;
}
