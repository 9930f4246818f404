import { expect, test } from 'vitest';
import { problems, render } from '../../support/template-environment.ts';

const CONTEXT = {
  context: { words: ['a', 'b'], empty: [], nothing: null, prices: { a: 1, b: 2 } },
};

test.each([
  ['{{join words}}', 'a, b'],
  ['{{join words " | "}}', 'a | b'],
  ['{{join (list 1 true "x") ""}}', '1truex'],
  ['{{length words}}{{length "😀a"}}{{length prices}}', '222'],
  ['{{join (range 3)}} {{join (range 1 4)}} {{join (range 5 0 -2)}}', '0, 1, 2 1, 2, 3 5, 3, 1'],
  ['{{join (append words "c")}}', 'a, b, c'],
  ['{{join (keys prices)}}', 'a, b'],
  ['{{lookup prices "b"}}', '2'],
  ['{{identifier "a`b"}} {{identifier words}}', '`a``b` `a`, `b`'],
  [
    '{{literal "it\'s"}} {{literal 1}} {{literal null}} {{literal true}} {{literal words}}',
    "'it\\'s' 1 null true 'a', 'b'",
  ],
  ['{{concat "a" 1 "b"}}', 'a1b'],
  ['{{upper "ç"}}{{lower "É"}}{{trim " x "}}', 'Çéx'],
  ['{{replace "a.b.c" "." "$&"}}', 'a$&b$&c'],
  ['{{add 1 2}} {{subtract 1 2}} {{multiply 2 3}}', '3 -1 6'],
  ['{{eq 1 1}} {{eq 1 "1"}} {{ne nothing null}}', 'true false false'],
  ['{{lt 1 2}} {{lte 2 2}} {{gt "b" "a"}} {{gte 1 2}}', 'true true true false'],
  [
    '{{and true 1 "x"}} {{and true empty}} {{or false 0 "x"}} {{or empty 0}} {{not empty}}',
    'true false true false true',
  ],
  ['{{in "a" words}} {{in 3 1 2}}', 'true false'],
  ['{{default nothing "x"}} {{default false "x"}}', 'x false'],
  ['{{#each (dict a=1 b=2)}}{{@key}}={{this}}{{#unless @last}}, {{/unless}}{{/each}}', 'a=1, b=2'],
  ['{{#eq 1 1}}same{{else}}other{{/eq}}', 'same'],
  ['{{var "a" "d"}} {{env_var "A" "d"}}', 'd d'],
  ['{{var "a" "d" one_of=(list "c" "d")}}{{var "a" true one_of=(list true false)}}', 'dtrue'],
  ['{{join (var "a" words one_of=(list "b" "a"))}}', 'a, b'],
  ['{{changed_rows "`shop`.`orders`" "id"}}', '`shop`.`orders`'],
  ['{{{{raw}}}}{{a}}{{{{/raw}}}}', '{{a}}'],
])('%s gives %s', (text, expected) => {
  const rendered = render(text, {}, CONTEXT);

  expect(problems(text, rendered.diagnostics)).toEqual([]);
  expect(rendered.text).toBe(expected);
});

test.each([
  ['{{join "a"}}', '`join` takes a list, not text'],
  ['{{join (list prices)}}', '`join` takes a list of texts and numbers'],
  ['{{length 5}}', '`length` takes a list, not a number'],
  ['{{join (range 0 200000)}}', '`range` gives at most 100000 numbers, by a step other than 0'],
  ['{{join (range 0 2 0)}}', '`range` gives at most 100000 numbers, by a step other than 0'],
  ['{{join (range "a")}}', '`range` takes a whole number, not text'],
  ['{{identifier ""}}', 'a name is text, not empty text'],
  ['{{literal prices}}', 'an object has no SQL literal'],
  ['{{concat words}}', '`concat` takes texts and numbers, not a list'],
  ['{{lt 1 "2"}}', '`lt` compares two numbers or two texts, not a number and text'],
  ['{{add 1 "2"}}', '`add` takes two numbers'],
  ['{{config "x"}}', '`config` takes named arguments and dictionaries'],
  ['{{var "a" 1 one_of=1}}', '`one_of` is a list of texts, numbers and booleans'],
  ['{{var "a" 1 one_of=(list)}}', '`one_of` is a list of texts, numbers and booleans'],
  ['{{var "a" 1 one_of=(list prices)}}', '`one_of` is a list of texts, numbers and booleans'],
  ['{{ref "a" version=words}}', 'a version is a number or text'],
  ['{{ref "a" package=1}}', 'the package is not text'],
])('%s is refused: %s', (text, message) => {
  const { diagnostics } = render(text, {}, CONTEXT);

  expect(diagnostics.map((found) => [found.code, found.message])).toEqual([['CX2011', message]]);
});

test('a value that a project sets is used in place of the default', () => {
  const changes = {
    variable: (name: string) => (name === 'days' ? 7 : undefined),
    environmentVariable: () => 'br',
  };

  expect(render('{{var "days" 1}} {{env_var "REGION"}}', changes).text).toBe('7 br');
});

test.each([
  ['paymant', 'cannot be `paymant`', 'did you mean `payment`? allowed: `order`, `payment` and `7`'],
  ['shipping', 'cannot be `shipping`', 'allowed: `order`, `payment` and `7`'],
  ['7', 'cannot be `7`', 'did you mean `7`? allowed: `order`, `payment` and `7`'],
  [null, 'cannot be null', 'allowed: `order`, `payment` and `7`'],
  [['order', 8], 'cannot be `8`', 'allowed: `order`, `payment` and `7`'],
])('a variable that is %j is refused where `one_of` does not name it', (value, message, hint) => {
  const text = 'a {{#if (eq (var "day" one_of=(list "order" "payment" 7)) "order")}}b{{/if}}';

  const { diagnostics } = render(text, { variable: () => value });

  expect(problems(text, diagnostics)).toEqual([
    `CX2034 at \`"day"\`: the variable \`day\` ${message} (${hint})`,
  ]);
});

test('doc gives the text of a block', () => {
  expect(render('{{doc "orders"}}', { doc: (name) => `about ${name}` }).text).toBe('about orders');
});

test('a ref that finds nothing reports what the project says about it', () => {
  const diagnostic = {
    code: 'CX2101',
    severity: 'error',
    message: 'no such model',
    labels: [],
    notes: [],
  } as const;

  expect(
    render('{{ref "x"}}', { ref: () => ({ value: '', diagnostics: [diagnostic] }) }).diagnostics,
  ).toEqual([diagnostic]);
});
