import type { XmlElement } from '@rgrove/parse-xml';
import type { Notes } from './notes.js';
import { readScenarios } from './read-scenarios.js';
import { readTexts } from './read-texts.js';
import type { Report } from './read-texts.js';
import { checkAttributes, partsOf } from './structure.js';

/** What a config file says of a test's report; null when it says nothing. */
export function readConfig(config: XmlElement, notes: Notes): Report | null {
  checkAttributes(config, [], notes);
  const parts = partsOf(config, ['texts', 'scenarios'], notes);
  const interpretations = readScenarios(parts.get('scenarios'), notes);
  const report: Report = {
    ...readTexts(parts.get('texts'), notes),
    ...(interpretations.length > 0 && { interpretations }),
  };
  return Object.keys(report).length > 0 ? notes.made(report, config) : null;
}
