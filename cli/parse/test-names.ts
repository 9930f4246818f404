import { md5 } from '../kernel/hash.ts';
import { pythonRepr, pythonText } from './python-text.ts';

const LONGEST_NAME = 63;

/** A generic test as its names are made from: dbt's `synthesize_generic_test_names`. */
export interface TestSubject {
  /** `unique`. */
  readonly test: string;
  readonly namespace?: string | undefined;
  /** Name of the source for tests of source tables. */
  readonly source?: string | undefined;
  /** Model (`attribution_v2` when versioned), seed, snapshot or source table. */
  readonly target: string;
  /** Arguments, `column_name` included, `model` left out. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface TestNames {
  /** Used in fqn and unique id. */
  readonly fullName: string;
  /** Name for stored failures and the compiled file: at most 63 characters. */
  readonly alias: string;
}

/** The name that dbt gives to a generic test. */
export function testNames(subject: TestSubject): TestNames {
  const test =
    subject.namespace === undefined ? subject.test : `${subject.namespace}_${subject.test}`;
  const target =
    subject.source === undefined ? subject.target : `${subject.source}_${subject.target}`;
  const identifier = `${subject.source === undefined ? '' : 'source_'}${test}_${target}`;
  const texts = Object.keys(subject.arguments)
    .filter((name) => name !== 'model')
    .sort()
    .flatMap((name) => flatTexts(subject.arguments[name]));
  const fullName = `${identifier}_${texts.map((text) => text.replace(/[^0-9a-zA-Z_]+/g, '_')).join('__')}`;
  const alias =
    fullName.length <= LONGEST_NAME ? fullName : `${identifier.slice(0, 30)}_${md5(fullName)}`;
  return { fullName, alias };
}

function flatTexts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(pythonText);
  if (typeof value === 'object' && value !== null) return Object.values(value).map(pythonText);
  return [pythonText(value)];
}

/** What dbt hashes to tell two tests of one name apart. */
export interface TestMetadata {
  readonly name: string;
  readonly namespace: string | null;
  /** The arguments and `model`, the text by which dbt's macros find the tested relation. */
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** `test.<package>.<full name>.<last ten digits of an md5>`. */
export function testUniqueId(
  packageName: string,
  fullName: string,
  metadata: TestMetadata,
): string {
  const digest = md5(`${fullName}${pythonRepr(metadata)}`);
  return `test.${packageName}.${fullName}.${digest.slice(-10)}`;
}
