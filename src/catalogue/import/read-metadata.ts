import { problemsOf } from './check-definition.js';
import type { DefinitionProblem } from './definition-problem.js';
import type { SourceFile } from './imported-test.js';
import { isObject, parseJson } from './json.js';
import { type TestMetadata, testMetadataShape } from './test-metadata.js';

/** What is said of a test beside its questions. */
export interface MetadataSource {
  /** JSON; null when there is none. */
  readonly file: SourceFile | null;
  /** All that could be said without the file; each goes before the same field of the file. */
  readonly options: readonly MetadataOption[];
}

export interface MetadataOption {
  readonly field: string;
  /** How problems refer to it, for example `--legacy-id`. */
  readonly name: string;
  /** Undefined where the option was not given. */
  readonly value: unknown;
}

/** The metadata, or every reason why they are refused. */
export type MetadataReading =
  | { readonly meta: TestMetadata; readonly problems: readonly [] }
  | { readonly meta: null; readonly problems: readonly DefinitionProblem[] };

/** Reads the metadata of a test. Never throws, whatever the file holds. */
export function readMetadata(source: MetadataSource): MetadataReading {
  const { file, options } = source;
  const { value, reason } = parseJson(file?.text ?? '{}');
  if (reason !== null) return refused([{ path: '', message: reason }], source);
  const given = options.filter((option) => option.value !== undefined).map((option) => [option.field, option.value]);
  const parsed = testMetadataShape.safeParse(isObject(value) ? { ...value, ...Object.fromEntries(given) } : value);
  return parsed.success ? { meta: parsed.data, problems: [] } : refused(problemsOf(parsed.error), source);
}

function refused(problems: readonly DefinitionProblem[], source: MetadataSource): MetadataReading {
  const located = problems.map(({ path, message }) => ({ path: metadataPlace(path, source), message }));
  return { meta: null, problems: located };
}

/** Whether the thing at a path of a test is said by its metadata. */
export function isMetadata(path: string): boolean {
  return Object.hasOwn(testMetadataShape.shape, fieldOf(path));
}

/** Where the thing at a path is said, or has to be: `--slug`, `--name ru` or `meta.json: name.ru`. */
export function metadataPlace(path: string, { file, options }: MetadataSource): string {
  const field = fieldOf(path);
  const option = options.find((candidate) => candidate.field === field);
  if (option && (file === null || option.value !== undefined)) {
    return `${option.name}${path.slice(field.length).replace('.', ' ')}`;
  }
  return [file?.name, path].filter(Boolean).join(': ');
}

function fieldOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? '';
}
