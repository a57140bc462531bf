import { ownLanguage } from '../languages.js';
import type { TestMetadata } from '../test-metadata.js';
import type { Findings } from './findings.js';
import { isAbsent, scalarText } from './scalars.js';

/** The language of SurveyJS itself, which a survey has unless it says otherwise. */
export const SURVEYJS_LANGUAGE = 'en';

/** Languages to which SurveyJS gives another name than the standard does. */
const standardNames: ReadonlyMap<string, string> = new Map([['ua', 'uk']]);

/** Our locale for one of SurveyJS, such as `pt-BR` for `pt-br`; null for what has not the form of a locale. */
export function localeOf(name: string): string | null {
  const [, language, region] = /^([a-z]{2,3})(?:-([a-z]{2}))?$/i.exec(name) ?? [];
  if (language === undefined) return null;
  const standard = standardNames.get(language.toLowerCase()) ?? language.toLowerCase();
  return region === undefined ? standard : `${standard}-${region.toUpperCase()}`;
}

/**
 * The language of texts for which a survey names none: its `locale`. A survey without one is in SurveyJS' own language;
 * but when the test has no name in that, it is taken to be in the language of the name.
 */
export function surveyLanguage(declared: unknown, meta: TestMetadata, findings: Findings): string {
  const language = localeOf(scalarText(declared) ?? '');
  if (language !== null) return language;
  const assumed = ownLanguage(meta, [SURVEYJS_LANGUAGE]);
  if (!isAbsent(declared)) {
    const place = findings.place('locale');
    findings.warning(place, `is no locale such as "ru" or "pt-br"; "${assumed}" is taken instead`);
  } else if (assumed !== SURVEYJS_LANGUAGE) {
    findings.warning(
      findings.place(),
      `does not tell its language: "${assumed}", that of the test's name, is taken; if it is another, set "locale"`,
    );
  }
  return assumed;
}
