import { isObject, type JsonObject } from '../json.js';
import { quoted } from '../quoted-text.js';
import type { Findings } from './findings.js';
import { surveyJsLimits } from './limits.js';
import { isAbsent, scalarText } from './scalars.js';
import { tellUnapplied } from './unapplied.js';

/** Something on a page that is no panel, whatever it is. */
export interface Located {
  readonly json: unknown;
  /** Where it stands in the file, for example `pages[0].elements[2]`. */
  readonly path: string;
}

/** A page with what stands on it, to be gone through once. */
export interface SurveyPage {
  readonly json: JsonObject;
  readonly place: string;
  /** In reading order, with what stands in panels. */
  readonly elements: Iterable<Located>;
}

/** The pages of a survey, the last being what stands on none. What is wrong with pages and panels is told. */
export function surveyPages(survey: JsonObject, findings: Findings): Iterable<SurveyPage> {
  return new SurveyWalk(findings).pages(survey);
}

class SurveyWalk {
  private met = 0;

  constructor(private readonly findings: Findings) {}

  *pages(survey: JsonObject): Generator<SurveyPage> {
    for (const { json, path } of this.items(survey, 'pages', '')) {
      const place = this.findings.place(path);
      if (isObject(json)) {
        this.tellContainer(json, place);
        yield { json, place, elements: this.elements(json, `${path}.`, 0) };
      } else {
        this.findings.problem(place, 'must be an object with "elements"');
      }
    }
    yield { json: {}, place: this.findings.place(), elements: this.elements(survey, '', 0) };
  }

  /** What stands in a page or panel; older surveys call it `questions`. */
  private *elements(container: JsonObject, prefix: string, depth: number): Generator<Located> {
    for (const property of ['elements', 'questions']) {
      for (const { json, path } of this.items(container, property, prefix)) {
        if (isObject(json) && json.type === 'panel') yield* this.panel(json, path, depth + 1);
        else yield { json, path };
      }
    }
  }

  private *panel(json: JsonObject, path: string, depth: number): Generator<Located> {
    const name = scalarText(json.name);
    const place = this.findings.place(path, name === null ? null : quoted(name));
    if (depth > surveyJsLimits.panelDepth) {
      this.findings.problem(place, `stands in more than ${surveyJsLimits.panelDepth} panels within one another`);
      return;
    }
    this.tellContainer(json, place);
    yield* this.elements(json, `${path}.`, depth);
  }

  private tellContainer(json: JsonObject, place: string): void {
    const texts = ['title', 'description'].filter((property) => !isAbsent(json[property]));
    if (texts.length > 0) this.findings.warning(place, `only questions come along, not its ${texts.join(' and ')}`);
    tellUnapplied(json, place, this.findings);
  }

  /** The members of a list as far as the survey may have elements; an absent list is an empty one. */
  private *items(container: JsonObject, property: string, prefix: string): Generator<Located> {
    const list = container[property];
    if (isAbsent(list)) return;
    const path = `${prefix}${property}`;
    if (!Array.isArray(list)) return this.findings.problem(this.findings.place(path), 'must be a list');
    for (const [index, json] of list.entries()) {
      this.met += 1;
      if (this.met === surveyJsLimits.elements + 1) {
        this.findings.problem(this.findings.place(), `has more than ${surveyJsLimits.elements} pages and elements`);
      }
      if (this.met > surveyJsLimits.elements) return;
      yield { json, path: `${path}[${index}]` };
    }
  }
}
