import { Buffer } from 'node:buffer';
import fc from 'fast-check';

/** One way to spoil the bytes of a file. */
export type Damage = (bytes: Buffer) => Buffer;

const SCRAPS = [
  '{{',
  '}}',
  '{{#if',
  '{{/each}}',
  '{{{',
  '${X}',
  '${',
  ': ',
  '- ',
  '\t',
  '\n',
  '\r\n',
  '"',
  "'",
  '`',
  '&a ',
  '*a',
  '<<: *a',
  '!!binary ',
  '? ',
  '~',
  '%',
  '|',
  '>',
  '@',
  '+',
  ';',
  '--',
  '/*',
  '\u0000',
  '\uFEFF',
  '\u202E',
  '9'.repeat(400),
  '-1',
  '1e999',
  'null',
  'true',
  '[]',
  '{}',
  '{ a: [ { b: 1 } ] }',
  '['.repeat(2000),
  '(a'.repeat(300),
];

const at = (share: number, bytes: Buffer): number => Math.floor(share * bytes.length);

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

const flip = fc.tuple(share, fc.nat(255)).map(([place, byte]): Damage => (bytes) => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[at(place, bytes)] = byte;
  return copy;
});

const cut = fc.tuple(share, fc.nat(30)).map(
  ([place, length]): Damage =>
    (bytes) =>
      Buffer.concat([
        bytes.subarray(0, at(place, bytes)),
        bytes.subarray(at(place, bytes) + length),
      ]),
);

const insert = fc.tuple(share, fc.constantFrom(...SCRAPS)).map(
  ([place, scrap]): Damage =>
    (bytes) =>
      Buffer.concat([
        bytes.subarray(0, at(place, bytes)),
        Buffer.from(scrap),
        bytes.subarray(at(place, bytes)),
      ]),
);

const truncate = share.map(
  (place): Damage =>
    (bytes) =>
      bytes.subarray(0, at(place, bytes)),
);

const onLines = (change: (lines: string[], line: number) => string[]) =>
  share.map((place): Damage => (bytes) => {
    const lines = bytes.toString('latin1').split('\n');
    return Buffer.from(change(lines, Math.floor(place * lines.length)).join('\n'), 'latin1');
  });

const doubleLine = onLines((lines, line) => lines.toSpliced(line, 0, lines[line] ?? ''));
const swapLines = onLines((lines, line) => [...lines.slice(line), ...lines.slice(0, line)]);
const indentLine = onLines((lines, line) => lines.with(line, `  ${lines[line] ?? ''}`));
const otherValue = fc
  .tuple(share, fc.constantFrom('7', '[x]', '{ y: 1 }', 'null', '2020-01-01', '"text"', '-.inf'))
  .map(([place, value]): Damage => (bytes) => {
    const lines = bytes.toString('latin1').split('\n');
    const line = Math.floor(place * lines.length);
    const changed = (lines[line] ?? '').replace(/: .*$/, `: ${value}`);
    return Buffer.from(lines.with(line, changed).join('\n'), 'latin1');
  });

const ENCODINGS: readonly Damage[] = [
  (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  (bytes) => Buffer.concat([bytes, Buffer.from('\n# café\n', 'latin1')]),
  (bytes) => Buffer.from(bytes.toString(), 'utf16le'),
  () => Buffer.alloc(0),
  () => Buffer.alloc(4096),
];

/** Random damage to the bytes of a file: one to three spoilings after each other. */
export const damage: fc.Arbitrary<Damage> = fc
  .array(
    fc.oneof(
      flip,
      cut,
      insert,
      truncate,
      doubleLine,
      swapLines,
      indentLine,
      otherValue,
      fc.constantFrom(...ENCODINGS),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((steps) => (bytes) => steps.reduce((spoilt, step) => step(spoilt), bytes));
