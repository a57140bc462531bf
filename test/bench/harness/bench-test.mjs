/** The test that is fetched, and whose reports are read. */
export const TEST_SLUG = 'bench-40';
/** The bundled test whose 120 answers are saved. */
export const LONG_TEST_SLUG = 'ipip-neo-120';

const QUESTIONS = 40;
const labels = ['Совсем не обо мне', 'Скорее не обо мне', 'Скорее обо мне', 'Точно обо мне'];

/** A definition of 40 questions with 4 options each and four scales, with texts as long as those of real tests. */
export function benchTest() {
  const numbers = Array.from({ length: QUESTIONS }, (_, index) => index + 1);
  return {
    slug: TEST_SLUG,
    paid: false,
    locales: ['ru'],
    name: { ru: 'Стиль работы в команде' },
    description: { ru: '<p>Тест показывает, как человек обычно ведёт себя в работе с другими: начинает, спорит, уступает, доводит до конца.</p>' },
    instruction: { ru: '<p>Прочитайте каждое утверждение и выберите ответ, который вам ближе. Правильных ответов здесь нет.</p>' },
    authors: [{ slug: 'bench', name: { ru: 'Автор теста' } }],
    duration: 10,
    questions: numbers.map((number) => ({
      id: String(number), kind: 'OPTION', group: `g${number % 4}`,
      name: { ru: `Утверждение ${number}: я довожу до конца и то, что мне уже не интересно, если этого ждут другие.` },
      options: labels.map((text, value) => ({ value: String(value), text: { ru: text } })),
    })),
    scales: [0, 1, 2, 3].map((rest) => ({
      id: `scale-${rest}`, name: { ru: `Шкала ${rest}` },
      items: numbers.filter((number) => number % 4 === rest).map((number) => ({ question: String(number), reversed: number % 3 === 0 })),
    })),
  };
}

/** Answers to the test, different ones for different seeds. */
export function benchAnswers(seed) {
  return Array.from({ length: QUESTIONS }, (_, index) => ({ questionId: String(index + 1), values: [String((index * seed + seed) % 4)] }));
}
