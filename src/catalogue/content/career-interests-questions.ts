import type { TestDefinitionInput } from '../import/test-definition.js';
import { QuestionKind } from '../question-kind.js';
import type { FieldId } from './career-interests-fields.js';

type QuestionInput = TestDefinitionInput['questions'][number];
type OptionInput = QuestionInput['options'][number];
type Pair = readonly [OptionInput, OptionInput];
type Pairs = readonly [Pair, Pair, Pair, Pair];
type Situation = { readonly name: QuestionInput['name']; readonly pairs: Pairs };

/** An activity of one field of work. The field is the option's value: its scale counts how often it is chosen. */
const field = (value: FieldId) => (ru: string, en: string): OptionInput => ({ value, text: { ru, en } });

const it = field('it');
const design = field('design');
const engineering = field('engineering');
const science = field('science');
const medicine = field('medicine');
const education = field('education');
const business = field('business');
const media = field('media');

/** One question stem with the four pairs of activities offered under it, one activity of each field. */
const situation = (ru: string, en: string, pairs: Pairs): Situation => ({ name: { ru, en }, pairs });

/**
 * Every two fields meet in two situations, each of them standing first once.
 * Within a situation the activities are alike in scale and appeal, so any field could be set against any other.
 */
const situations: readonly Situation[] = [
  situation('Какое занятие вы бы выбрали на свободный вечер?',
    'What would you choose for a free evening?', [
      [education('Помочь подростку разобраться в трудной теме', 'Help a teenager make sense of a difficult topic'),
        media('Смонтировать фильм из летних видеозаписей', 'Edit a film from the videos shot last summer')],
      [design('Придумать новую обстановку для своей комнаты', 'Create a new look for your room'),
        engineering('Починить старые часы и понять, как они устроены', 'Repair an old clock and see how it works')],
      [it('Написать бота, который напоминает о делах', 'Write a bot that reminds you of things to do'),
        science('Рассматривать лунные кратеры в телескоп', 'Look at the craters of the Moon through a telescope')],
      [business('Прикинуть, как превратить хобби в свое дело', 'Work out how a hobby could become a business'),
        medicine('Выяснить, как тело восстанавливается во сне', 'Find out how the body recovers during sleep')],
    ]),
  situation('На какой мастер-класс вы бы записались?',
    'Which workshop would you sign up for?', [
      [medicine('Основы лечебного массажа', 'The basics of therapeutic massage'),
        business('Переговоры, в которых выигрывают обе стороны', 'Negotiating so that both sides win')],
      [science('Определение минералов и горных пород', 'Identifying minerals and rocks'),
        it('Создание простой компьютерной игры', 'Coding a simple computer game')],
      [engineering('Сборка и настройка квадрокоптера', 'Building and tuning a quadcopter'),
        design('Разработка логотипа и фирменного стиля', 'Creating a logo and a visual identity')],
      [media('Интервью, в котором собеседник раскрывается', 'Interviewing people so that they open up'),
        education('Приемы, которые делают занятия увлекательными', 'Techniques that make lessons engaging')],
    ]),
  situation('Команда создает музей воды. За что вы бы взялись?',
    'A team is creating a museum of water. What would you take on?', [
      [science('Исследовать пробы воды из местных рек', 'Study water samples from local rivers'),
        design('Придумать оформление залов и витрин', 'Decide how the galleries and displays will look')],
      [media('Записать аудиогид с историями о реках', 'Record an audio guide with stories about rivers'),
        engineering('Собрать действующую модель водяной мельницы', 'Build a working model of a watermill')],
      [education('Разработать программу занятий для школьников', 'Plan a programme of classes for schoolchildren'),
        business('Найти партнеров и составить бюджет', 'Find partners and draw up the budget')],
      [medicine('Подготовить стенд о роли воды в организме', 'Prepare an exhibit on what water does in the body'),
        it('Написать приложение-путеводитель по залам', 'Develop a guide app for the galleries')],
    ]),
  situation('Какую новость вы бы прочитали первой?',
    'Which news story would you read first?', [
      [engineering('Открыт самый длинный в мире мост через пролив', 'The world’s longest bridge over a strait opens'),
        medicine('Врачи испытали новый способ лечения мигрени', 'Doctors test a new treatment for migraine')],
      [it('Нейросеть научили восстанавливать старые фотографии', 'A neural network learns to restore old photographs'),
        business('Семейная пекарня выросла в сеть кафе', 'A family bakery grows into a chain of cafés')],
      [media('Подкаст о малых городах набрал миллион слушателей', 'A podcast on small towns reaches a million listeners'),
        science('На дне океана нашли неизвестные науке виды', 'Species new to science found on the ocean floor')],
      [design('Художники обновили облик городских остановок', 'Artists give the city’s bus stops a new look'),
        education('Школа заменила уроки общими проектами', 'A school replaces lessons with group projects')],
    ]),
  situation('На какую просьбу соседей вы бы откликнулись охотнее?',
    'Which request from your neighbours would you rather take on?', [
      [business('Сравнить подрядчиков и выгодно заказать ремонт', 'Compare contractors and get a good deal on repairs'),
        it('Настроить домашнюю сеть и защитить ее от взлома', 'Set up a home network and protect it from intruders')],
      [medicine('Измерить давление и разобраться в показаниях', 'Measure blood pressure and interpret the readings'),
        engineering('Наладить механизм ворот во дворе', 'Get the mechanism of the courtyard gate working')],
      [education('Позаниматься чтением с будущим первоклассником', 'Practise reading with a child about to start school'),
        design('Подобрать краски и рисунок для стен подъезда', 'Choose colours and a pattern for the entrance hall')],
      [science('Выяснить, почему сохнут деревья во дворе', 'Find out why the trees in the courtyard are dying'),
        media('Вести страницу дома в социальной сети', 'Run the building’s page on social media')],
    ]),
  situation('Какой навык вам хотелось бы освоить?',
    'Which skill would you like to master?', [
      [engineering('Моделировать детали для 3D-печати', 'Modelling parts for 3D printing'),
        media('Писать статьи, которые дочитывают до конца', 'Writing articles that people read to the end')],
      [design('Рисовать иллюстрации на планшете', 'Drawing illustrations on a tablet'),
        science('Ставить опыты и проверять гипотезы', 'Running experiments and testing hypotheses')],
      [it('Находить слабые места в защите сайтов', 'Finding weak spots in website security'),
        medicine('Читать рентгеновские снимки', 'Reading X-rays')],
      [business('Оценивать, окупится ли новая идея', 'Judging whether a new idea will pay off'),
        education('Объяснять сложное простыми словами', 'Explaining complex things in simple words')],
    ]),
  situation('Куда вы бы охотнее отправились на экскурсию?',
    'Which place would you rather visit?', [
      [it('В дата-центр крупной поисковой системы', 'The data centre of a large search engine'),
        education('В школу, где учатся под открытым небом', 'A school where lessons are held outdoors')],
      [media('На телестудию во время прямого эфира', 'A television studio during a live broadcast'),
        business('В бизнес-инкубатор, где запускают стартапы', 'A business incubator where start-ups are launched')],
      [engineering('На завод, где собирают скоростные поезда', 'A plant where high-speed trains are assembled'),
        science('На морскую биологическую станцию', 'A marine biology station')],
      [design('В студию, где придумывают мебель и светильники', 'A studio where furniture and lamps are designed'),
        medicine('В клинику, где хирургам помогают роботы', 'A clinic where robots assist surgeons')],
    ]),
  situation('Каким результатом вы бы больше гордились?',
    'Which result would make you prouder?', [
      [medicine('Точным диагнозом в запутанном случае', 'An accurate diagnosis in a puzzling case'),
        design('Плакатом, который узнают с первого взгляда', 'A poster that people recognise at a glance')],
      [education('Курсом, после которого полюбили трудный предмет', 'A course that made people love a difficult subject'),
        it('Программой, которой пользуются тысячи людей', 'A program used by thousands of people')],
      [business('Компанией, которая выросла из одной идеи', 'A company that grew out of a single idea'),
        media('Репортажем, о котором говорят повсюду', 'A news report that everyone is talking about')],
      [science('Открытием, о котором написал научный журнал', 'A discovery reported in a scientific journal'),
        engineering('Прибором, который много лет работает без сбоев', 'A device that runs for years without a failure')],
    ]),
  situation('Вам дали небольшой грант. На что вы бы его потратили?',
    'You receive a small grant. What would you spend it on?', [
      [science('На экспедицию для изучения перелетных птиц', 'An expedition to study migratory birds'),
        business('На магазин местных продуктов', 'A shop selling local produce')],
      [design('На роспись фасада старого дома', 'A mural on the front of an old building'),
        media('На документальный фильм о редких ремеслах', 'A documentary about rare crafts')],
      [engineering('На солнечную установку для поселка', 'A solar power unit for a village'),
        it('На сервис для поиска попутчиков', 'A service that matches people for shared rides')],
      [medicine('На выездную проверку зрения в дальних селах', 'Mobile eye tests for remote villages'),
        education('На летнюю школу для подростков', 'A summer school for teenagers')],
    ]),
  situation('Какая книга заинтересовала бы вас больше?',
    'Which book would interest you more?', [
      [medicine('О том, как иммунитет распознает болезни', 'A book on how the immune system recognises disease'),
        media('О том, как журналисты ведут расследования', 'A book on how journalists carry out investigations')],
      [engineering('О том, как проектируют самолеты', 'A book on how aircraft are engineered'),
        business('О том, как рождаются известные бренды', 'A book on how well-known brands are born')],
      [science('О том, как возникла Вселенная', 'A book on how the universe began'),
        education('О том, как учат детей в разных странах', 'A book on how children are taught around the world')],
      [design('О том, как форма и цвет влияют на восприятие', 'A book on how shape and colour affect perception'),
        it('О том, как устроен искусственный интеллект', 'A book on how artificial intelligence works')],
    ]),
  situation('Какую задачу вам было бы интереснее решить?',
    'Which task would you find more interesting?', [
      [it('Ускорить медленный сайт', 'Speed up a slow website'),
        design('Нарисовать понятную схему метро', 'Draw a metro map that is easy to read')],
      [education('Увлечь предметом скучающий класс', 'Get a bored class interested in a subject'),
        science('Выяснить, как пчелы находят дорогу домой', 'Find out how bees find their way home')],
      [business('Вывести новый товар на рынок', 'Bring a new product to market'),
        engineering('Сделать двигатель экономичнее', 'Make an engine use less fuel')],
      [media('Восстановить историю по письмам и воспоминаниям', 'Piece together a story from letters and memories'),
        medicine('Составить план восстановления после травмы', 'Draw up a plan for recovery after an injury')],
    ]),
  situation('За чьей работой вам было бы интереснее понаблюдать?',
    'Whose work would you find more interesting to watch?', [
      [education('За педагогом, который готовит команду к олимпиаде', 'A teacher coaching an academic olympiad team'),
        medicine('За врачами во время сложной операции', 'Doctors during a complex operation')],
      [it('За командой, которая отражает кибератаку', 'A team fending off a cyberattack'),
        engineering('За инженерами на испытаниях ракетного двигателя', 'Engineers testing a rocket engine')],
      [media('За корреспондентом в дальней командировке', 'A correspondent on a distant assignment'),
        design('За модельером перед показом коллекции', 'A fashion designer just before a show')],
      [business('За директором, который выводит компанию из кризиса', 'A director steering a company out of a crisis'),
        science('За химиками, которые создают новый материал', 'Chemists creating a new material')],
    ]),
  situation('Город готовит большой праздник. Какую роль вы бы выбрали?',
    'The city is preparing a big celebration. Which role would you choose?', [
      [design('Придумать костюмы и украсить сцену', 'Create the costumes and decorate the stage'),
        business('Организовать ярмарку и договориться с продавцами', 'Organise the fair and negotiate with the vendors')],
      [science('Подготовить опыты с жидким азотом', 'Prepare experiments with liquid nitrogen'),
        medicine('Дежурить в пункте первой помощи', 'Staff the first-aid post')],
      [engineering('Смонтировать аттракционы и проверить их работу', 'Assemble the rides and check that they work'),
        education('Провести развивающие игры для детей', 'Lead educational games for children')],
      [media('Вести праздник со сцены', 'Host the celebration on stage'),
        it('Запустить сайт с расписанием и билетами', 'Launch a website with the schedule and tickets')],
    ]),
  situation('Что вы бы охотнее делали каждую неделю?',
    'Which would you rather do every week?', [
      [medicine('Осматривать животных в ветеринарной клинике', 'Examine animals at a veterinary clinic'),
        science('Собирать данные о погоде и искать закономерности', 'Collect weather data and look for patterns')],
      [business('Изучать спрос и планировать продажи', 'Study demand and plan sales'),
        design('Подбирать шрифты и макеты для журнала', 'Choose typefaces and layouts for a magazine')],
      [it('Добавлять новые функции в приложение', 'Add new features to an app'),
        media('Писать колонку о жизни города', 'Write a column about city life')],
      [education('Вести кружок для младших школьников', 'Run an after-school club for young children'),
        engineering('Налаживать и испытывать оборудование', 'Set up and test equipment')],
    ]),
];

/** The first pair of every situation, then the second, and so on: neighbouring questions never share a stem. */
export const careerInterestsQuestions: readonly QuestionInput[] = ([0, 1, 2, 3] as const)
  .flatMap((pass) => situations.map(({ name, pairs }) => ({ name, options: [...pairs[pass]] })))
  .map((question, index) => ({ id: String(index + 1), kind: QuestionKind.OPTION, ...question }));
