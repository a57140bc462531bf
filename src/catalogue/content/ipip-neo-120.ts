import inventory from '@bigfive-org/questions';
import type { TestDefinitionInput } from '../import/test-definition.js';
import { QuestionKind } from '../question-kind.js';
import { domains } from './ipip-neo-120-domains.js';
import { ipipNeo120Norm } from './ipip-neo-120-norm.js';
import { ipipNeo120Report } from './ipip-neo-120-report.js';
import type { Text } from './texts.js';

/** What the package says about an item, as far as the test needs it. */
export type InventoryItem = {
  readonly id: string;
  readonly text: string;
  readonly keyed: string;
  readonly domain: string;
  readonly facet: number;
};

type QuestionInput = TestDefinitionInput['questions'][number];
type ScaleInput = NonNullable<TestDefinitionInput['scales']>[number];
/** An item in both languages under the question id that it has in the test. */
type Item = Omit<InventoryItem, 'id' | 'text'> & { readonly question: string; readonly name: Text };

const itemCount = 120;
const itemsPerFacet = 4;
/** Three of a facet's four items, so that no score rests on half of them. */
const minimumAnswered = 0.75;

/** The same five options for every item; what counts the other way round is said by the scales. */
const accuracy: QuestionInput['options'] = [
  { value: '1', text: { ru: 'Совершенно не соответствует', en: 'Very inaccurate' } },
  { value: '2', text: { ru: 'Скорее не соответствует', en: 'Moderately inaccurate' } },
  { value: '3', text: { ru: 'Отчасти соответствует, отчасти нет', en: 'Neither accurate nor inaccurate' } },
  { value: '4', text: { ru: 'Скорее соответствует', en: 'Moderately accurate' } },
  { value: '5', text: { ru: 'Полностью соответствует', en: 'Very accurate' } },
];

/** Joins the two languages by the items' own ids, in the English order. */
function pairItems(russian: readonly InventoryItem[], english: readonly InventoryItem[]): readonly Item[] {
  const translations = new Map(russian.map(({ id, text }) => [id, text]));
  const ids = new Set(english.map(({ id }) => id));
  if (russian.length !== itemCount || english.length !== itemCount || ids.size !== itemCount) {
    throw new Error(
      `IPIP-NEO-120: @bigfive-org/questions must give ${itemCount} different items in Russian and in English, ` +
      `but gave ${russian.length} and ${english.length} (${ids.size} different)`,
    );
  }
  return english.map(({ id, text, keyed, domain, facet }, index) => {
    const translation = translations.get(id);
    if (translation === undefined) {
      throw new Error(`IPIP-NEO-120: @bigfive-org/questions has no Russian text of the item ${id} ("${text}")`);
    }
    return { keyed, domain, facet, question: String(index + 1), name: { ru: translation, en: text } };
  });
}

function itemsOf(items: readonly Item[]): ScaleInput['items'] {
  return items.map(({ question, keyed }) => ({ question, reversed: keyed === 'minus' }));
}

/** Each domain followed by its facets. */
function scalesOf(items: readonly Item[]): ScaleInput[] {
  return domains.flatMap(({ id, name, description, facets }) => {
    const own = items.filter(({ domain }) => domain === id);
    const facetScales = facets.map((facetName, index): ScaleInput => {
      const facetItems = own.filter(({ facet }) => facet === index + 1);
      if (facetItems.length !== itemsPerFacet) {
        throw new Error(
          `IPIP-NEO-120: @bigfive-org/questions must give ${itemsPerFacet} items for the facet ${id}${index + 1}, ` +
          `but gave ${facetItems.length}`,
        );
      }
      return { id: `${id}${index + 1}`, name: facetName, parent: id, items: itemsOf(facetItems), minimumAnswered };
    });
    return [{ id, name, description, items: itemsOf(own), minimumAnswered }, ...facetScales];
  });
}

/**
 * Builds the test from the items of the package, which it only reads.
 *
 * @throws Error when the items are not the 120 of the inventory, four for a facet, in both languages
 */
export function ipipNeo120From(
  russian: readonly InventoryItem[],
  english: readonly InventoryItem[],
): TestDefinitionInput {
  const items = pairItems(russian, english);
  return {
    slug: 'ipip-neo-120',
    locales: ['ru', 'en'],
    name: { ru: 'Личностный опросник IPIP-NEO-120', en: 'IPIP-NEO-120 Personality Inventory' },
    description: {
      ru: [
        '<p>Опросник описывает личность в рамках модели «Большая пятерка». Он измеряет пять крупных черт: ',
        'нейротизм, экстраверсию, открытость опыту, доброжелательность и добросовестность. ',
        'В каждой из них выделено по шесть более узких граней, всего тридцать.</p>',
        '<p>Утверждения взяты из открытого банка International Personality Item Pool (IPIP, ipip.ori.org), ',
        'который находится в общественном достоянии. ',
        'Форму из 120 утверждений составил психолог Джон А. Джонсон (2014). ',
        'На русский язык утверждения перевели участники открытого проекта bigfive-org.</p>',
        '<p>Результат отражает то, как вы сами видите себя сейчас. Высокие и низкие баллы не бывают хорошими ',
        'или плохими: у каждой черты есть свои сильные и слабые стороны. Опросник не ставит диагноз ',
        'и не заменяет консультацию специалиста.</p>',
      ].join(''),
      en: [
        '<p>This inventory describes personality within the Big Five model. It measures five broad traits: ',
        'neuroticism, extraversion, openness to experience, agreeableness and conscientiousness. ',
        'Each of them has six narrower facets, thirty in all.</p>',
        '<p>The statements come from the International Personality Item Pool (IPIP, ipip.ori.org), ',
        'which is in the public domain. ',
        'The 120-item form was developed by the psychologist John A. Johnson (2014). ',
        'The Russian translation was made by contributors to the open bigfive-org project.</p>',
        '<p>The result reflects how you see yourself now. High and low scores are neither good nor bad: ',
        'every trait has its strengths and weaknesses. The inventory does not give a diagnosis ',
        'and does not replace the advice of a specialist.</p>',
      ].join(''),
    },
    instruction: {
      ru: [
        '<p>Отметьте, насколько точно каждое утверждение описывает вас. Отвечайте так, как обычно бывает ',
        'сейчас, а не так, как вам хотелось бы. Сравнивайте себя с людьми примерно вашего возраста.</p>',
        '<p>Утверждения написаны от первого лица, но без слова «я». Там, где для краткости стоит мужской род, ',
        'подставьте форму, которая подходит вам. Правильных и неправильных ответов нет.</p>',
      ].join(''),
      en: [
        '<p>Mark how accurately each statement describes you. Answer as you generally are now, ',
        'not as you would like to be. Compare yourself with people of about your own age.</p>',
        '<p>The statements are in the first person, with the word “I” left out. ',
        'There are no right or wrong answers.</p>',
      ].join(''),
    },
    authors: [{ slug: 'johnson', name: { ru: 'Джон А. Джонсон', en: 'John A. Johnson' } }],
    duration: 15,
    paid: false,
    questions: items.map(({ question, name }) => ({
      id: question, kind: QuestionKind.OPTION, name, options: accuracy,
    })),
    scales: scalesOf(items),
    norm: ipipNeo120Norm,
    report: ipipNeo120Report,
  };
}

/**
 * The public-domain personality inventory of 120 items: five domains and their thirty facets.
 * The items come from getQuestions, because getItems writes numbers and choices into the package's shared objects.
 */
export const ipipNeo120: TestDefinitionInput = ipipNeo120From(
  inventory.getQuestions('ru'),
  inventory.getQuestions('en'),
);
