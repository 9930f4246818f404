import * as fc from 'fast-check';

/** Gives numbers below a limit, one after the other; zeros when it is used up, so that texts end. */
class Choices {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  below(limit: number): number {
    const number = this.#numbers[this.#next] ?? 0;
    this.#next += 1;
    return number % limit;
  }

  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('nothing to choose from');
    return value;
  }

  get isUsedUp(): boolean {
    return this.#next >= this.#numbers.length;
  }
}

/** What stands in reach at one place of a random template. */
interface Reach {
  readonly isObject: boolean;
  /** Enclosing contexts that are objects, for `../`. */
  readonly outer: readonly boolean[];
  readonly parameters: readonly string[];
  /** How many loops enclose it, for `@index` and `@../index`. */
  readonly loops: number;
  readonly depth: number;
  readonly isInPartial: boolean;
}

const TEXTS = [
  ' ',
  '\n',
  'select',
  ' \n',
  '\r\n',
  '\t',
  '  ',
  '\n\n',
  'ç',
  '😀',
  '{',
  '}',
  '\\',
  "'a'",
  '\n  ',
  '--',
  '\u2028',
  '"',
];
const ROOT: Reach = {
  isObject: true,
  outer: [],
  parameters: [],
  loops: 0,
  depth: 0,
  isInPartial: false,
};

const PARTIALS = ['plain', 'lines', 'loop'];

/** What every object of a random context looks like, so that names always mean something. */
export interface Shape {
  readonly name: string;
  readonly count: number;
  readonly flag: boolean;
  readonly nothing: null;
  readonly tags: readonly string[];
  readonly items: readonly Shape[];
  readonly child: Shape | null;
  readonly pairs: Readonly<Record<string, number>>;
}

export const shape: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record(
    {
      name: fc.constantFrom('a', '', 'ação', '😀', '0', '{{x}}'),
      count: fc.constantFrom(0, 1, -2.5),
      flag: fc.boolean(),
      nothing: fc.constant(null),
      tags: fc.array(fc.constantFrom('x', 'y', '', 'z\n'), { maxLength: 3 }),
      items: fc.oneof(
        { maxDepth: 2, depthIdentifier: 'shape' },
        fc.constant([]),
        fc.array(tie('shape'), { maxLength: 2, depthIdentifier: 'shape' }),
      ),
      child: fc.option(tie('shape'), { depthIdentifier: 'shape', maxDepth: 2 }),
      pairs: fc.dictionary(fc.constantFrom('k', 'l', 'm'), fc.nat(3), { noNullPrototype: true }),
    },
    { noNullPrototype: true },
  ),
})).shape;

/** The text of a template that uses only what the context offers. */
export const templateText: fc.Arbitrary<string> = fc
  .array(fc.nat(1000), { maxLength: 120, size: 'max' })
  .map((numbers) => program(new Choices(numbers), ROOT));

/** A partial that shows its block, alone on its line and inside one. */
const FRAME = '<{{> @partial-block}}|\n  {{> @partial-block}}\n>';

/** The text of partials by name. */
export const partialTexts: fc.Arbitrary<Readonly<Record<string, string>>> = fc.record({
  frame: fc.constant(FRAME),
  plain: partialText(),
  lines: partialText(),
  loop: partialText(),
});

function partialText(): fc.Arbitrary<string> {
  return fc
    .array(fc.nat(1000), { maxLength: 30 })
    .map((numbers) => program(new Choices(numbers), { ...ROOT, isInPartial: true }));
}

function program(choices: Choices, reach: Reach): string {
  let text = '';
  const most = 1 + choices.below(6);
  for (let count = 0; count < most && !choices.isUsedUp; count += 1)
    text += statement(choices, reach);
  return text;
}

function statement(choices: Choices, reach: Reach): string {
  if (reach.depth > 4) return choices.of(TEXTS);
  switch (choices.below(14)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return choices.of(TEXTS);
    case 4:
    case 5:
      return `${open(choices)}${expression(choices, reach)}${close(choices)}`;
    case 6:
      return reach.isObject
        ? choices.of(['{{{name}}}', '{{&name}}', '{{~{name}~}}'])
        : choices.of(TEXTS);
    case 7:
      return `{{${tilde(choices)}!${choices.of(['', '-- a }} b --', ' a'])}${tilde(choices)}}}`;
    case 8:
    case 9:
      return conditional(choices, reach);
    case 10:
    case 11:
      return loop(choices, reach);
    case 12:
      return reach.isInPartial || !reach.isObject ? choices.of(TEXTS) : partial(choices, reach);
    default:
      return choices.of(
        ['\\{{name}}', '\\\\{{"name"}}', '{{{{raw}}}} {{x}} {{{{/raw}}}}'].slice(
          0,
          reach.isObject ? 3 : 1,
        ),
      );
  }
}

function conditional(choices: Choices, reach: Reach): string {
  const inner = { ...reach, depth: reach.depth + 1 };
  const name = choices.of(['if', 'unless']);
  const zero = choices.below(5) === 1 ? ' includeZero=true' : '';
  const opening = `${open(choices)}#${name} ${condition(choices, reach)}${zero}${close(choices)}${program(choices, inner)}`;
  const chain =
    name === 'if' && choices.below(3) === 1
      ? `${open(choices)}else if ${condition(choices, reach)}${close(choices)}${program(choices, inner)}`
      : '';
  const inverse =
    choices.below(2) === 1
      ? `${open(choices)}${choices.of(['else', '^'])}${close(choices)}${program(choices, inner)}`
      : '';
  return `${opening}${chain}${inverse}${open(choices)}/${name}${close(choices)}`;
}

function loop(choices: Choices, reach: Reach): string {
  if (!reach.isObject) return choices.of(TEXTS);
  const [name, list, isObject] = choices.of([
    ['each', 'tags', false],
    ['each', 'items', true],
    ['each', 'pairs', false],
    ['with', 'child', true],
    ['with', 'name', false],
    ['', 'items', true],
    ['', 'flag', reach.isObject],
  ] as const);
  const hasParameters = name !== '' && choices.below(3) === 1;
  const parameters = !hasParameters ? [] : name === 'each' ? ['item', 'position'] : ['item'];
  const isEntering = name !== '' || list === 'items';
  const inner: Reach = {
    ...reach,
    isObject,
    outer: isEntering ? [reach.isObject, ...reach.outer] : reach.outer,
    parameters: [...parameters, ...reach.parameters],
    loops: reach.loops + (name === 'each' ? 1 : 0),
    depth: reach.depth + 1,
  };
  const head = name === '' ? list : `${name} ${list}`;
  const naming = parameters.length === 0 ? '' : ` as |${parameters.join(' ')}|`;
  const inverse =
    choices.below(3) === 1
      ? `{{else}}${program(choices, { ...reach, depth: reach.depth + 1 })}`
      : '';
  return `${open(choices)}#${head}${naming}${close(choices)}${program(choices, inner)}${inverse}${open(choices)}/${name || list}${close(choices)}`;
}

function partial(choices: Choices, reach: Reach): string {
  const inner = { ...reach, depth: reach.depth + 1 };
  const named = choices.of([
    '',
    '',
    ' name="given"',
    ' count=(concat "1" "2")',
    ' flag=true tags=tags',
  ]);
  switch (choices.below(5)) {
    case 0:
      return `{{> (concat "pl" "ain")${named}}}`;
    case 1:
      return partialBlock(choices, inner, choices.of(['missing', 'frame']));
    case 2:
      return `{{#*inline "own"}}${program(choices, { ...ROOT, isInPartial: true, depth: 3 })}{{/inline}}\n  {{> own${named}}}\n`;
    default:
      return `${open(choices)}> ${choices.of(PARTIALS)}${named}${close(choices)}`;
  }
}

function partialBlock(choices: Choices, reach: Reach, name: string): string {
  return `${open(choices)}#> ${name}${close(choices)}${program(choices, reach)}${open(choices)}/${name}${close(choices)}`;
}

function expression(choices: Choices, reach: Reach): string {
  switch (choices.below(4)) {
    case 0:
      return `concat ${argument(choices, reach)} ${argument(choices, reach)}`;
    default:
      return path(choices, reach);
  }
}

function argument(choices: Choices, reach: Reach): string {
  switch (choices.below(5)) {
    case 0:
      return choices.of(['"a b"', "'q\"'", '1', '-2.5', 'true', 'null', 'undefined', '"\\"x"']);
    case 1:
      return `(concat ${path(choices, reach)} "!")`;
    default:
      return path(choices, reach);
  }
}

function condition(choices: Choices, reach: Reach): string {
  switch (choices.below(6)) {
    case 0:
      return `(eq ${argument(choices, reach)} ${argument(choices, reach)})`;
    case 1:
      return `(not ${argument(choices, reach)})`;
    case 2:
      return reach.isObject
        ? choices.of(['tags', 'items', 'child', 'nothing', 'this.tags', 'child.child.name'])
        : 'this';
    default:
      return argument(choices, reach);
  }
}

/** A path to a value that has a text. */
function path(choices: Choices, reach: Reach): string {
  const own = reach.isObject
    ? [
        'name',
        'count',
        'flag',
        'nothing',
        'this.name',
        './count',
        '[name]',
        'name.length',
        'tags.length',
      ]
    : ['this', '.'];
  const loops = [
    ...(reach.loops > 0 ? ['@index', '@key', '@first', '@last'] : []),
    ...(reach.loops > 1 ? ['@../index', '@../key'] : []),
  ];
  const root = reach.isInPartial ? [] : ['@root.name', '@root.count'];
  const climbing = reach.isInPartial
    ? []
    : reach.outer.flatMap((isObject, depth) =>
        isObject ? [`${'../'.repeat(depth + 1)}name`, `${'../'.repeat(depth + 1)}count`] : [],
      );
  const parameters = reach.parameters.includes('position') ? ['position'] : [];
  return choices.of([...own, ...loops, ...root, ...climbing, ...parameters]);
}

function open(choices: Choices): string {
  return `{{${tilde(choices)}`;
}

function close(choices: Choices): string {
  return `${tilde(choices)}}}`;
}

function tilde(choices: Choices): string {
  return choices.below(6) === 1 ? '~' : '';
}
