import { type Command, InvalidArgumentError } from 'commander';

/** What the options say of a test; an option that was not given is absent. */
export interface MetadataOptions {
  readonly slug?: string;
  readonly legacyId?: number;
  readonly name?: Readonly<Record<string, string>>;
  readonly description?: Readonly<Record<string, string>>;
  readonly duration?: number;
  readonly paid?: boolean;
  readonly bonus?: boolean;
}

/** The options that tell what formats of questions alone do not; each of them goes before the same in `--meta`. */
export function addMetadataOptions(command: Command): Command {
  return command
    .option('--slug <slug>', 'name of the test in the API')
    .option('--legacy-id <n>', 'numeric id that REST v1 partners use', Number)
    .option('--name <locale=text>', 'name, once for each language, the own one first', translation)
    .option('--description <locale=html>', 'description, once for each language', translation)
    .option('--duration <minutes>', 'minutes that the test usually takes', Number)
    .option('--paid', 'the report is shown only after the result is attached to a user')
    .option('--no-paid', 'the report is always shown')
    .option('--bonus', 'counts against the bonus tests of a license');
}

/** What all these options say, by the fields of the metadata that they stand for. */
export function metadataFields(
  { slug, legacyId, name, description, duration, paid, bonus }: MetadataOptions,
): { readonly field: string; readonly name: string; readonly value: unknown }[] {
  return Object.entries({ slug, legacyId, name, description, duration, paid, bonus })
    .map(([field, value]) => ({ field, name: optionName(field), value }));
}

/** The option of a property, as commander reads it: `--legacy-id` of `legacyId`. */
function optionName(property: string): string {
  return `--${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function translation(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, locale, content] = /^([^=]+)=([^]*)$/.exec(text) ?? [];
  if (!locale || content === undefined) throw new InvalidArgumentError('It has to read locale=text, for example ru=Имя.');
  return { ...before, [locale]: content };
}
