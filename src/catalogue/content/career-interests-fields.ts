import { paragraph, type Text } from './texts.js';

/** A field of work, by the value of the options that stand for it. */
export type FieldId = 'it' | 'design' | 'engineering' | 'science' | 'medicine' | 'education' | 'business' | 'media';

type Field = {
  readonly id: FieldId;
  readonly name: Text;
  /** What people in the field do. */
  readonly description: Text;
  /** For somebody who chose the field often: where to look, and how to try it. */
  readonly directions: Text;
};

/** The fields in the order in which the test names them. */
export const fields: readonly Field[] = [
  {
    id: 'it',
    name: { ru: 'Информационные технологии', en: 'Information technology' },
    description: paragraph(
      'Создание программ, сайтов и цифровых сервисов, забота об их работе и безопасности, обработка данных.',
      'Creating programs, websites and digital services, keeping them running and secure, and processing data.',
    ),
    directions: paragraph(
      'Вы часто выбирали программы, данные и сети. Присмотритесь к разработке приложений и игр, анализу данных, ' +
      'тестированию, администрированию, информационной безопасности. Для пробы подойдет небольшая программа или бот: ' +
      'по ней видно, нравится ли вам сам процесс, а не только результат.',
      'You often chose programs, data and networks. Take a look at app and game development, data analysis, testing, ' +
      'system administration and information security. A small program or a bot makes a good trial: it shows whether ' +
      'you enjoy the process itself and not only the result.',
    ),
  },
  {
    id: 'design',
    name: { ru: 'Дизайн', en: 'Design' },
    description: paragraph(
      'Работа над тем, как выглядят вещи, пространства и изображения и удобно ли ими пользоваться.',
      'Working on how objects, spaces and images look and whether they are convenient to use.',
    ),
    directions: paragraph(
      'Вас, похоже, занимают форма, цвет и удобство. Близкие направления: графический и промышленный дизайн, ' +
      'интерьеры, мода, иллюстрация, проектирование интерфейсов. Для пробы возьмите знакомую вещь, комнату или ' +
      'страницу и нарисуйте, как сделать ее понятнее и красивее.',
      'You seem to care about form, colour and convenience. Related directions are graphic and industrial design, ' +
      'interiors, fashion, illustration and interface design. As a trial, take a familiar object, room or page and ' +
      'sketch how to make it clearer and more attractive.',
    ),
  },
  {
    id: 'engineering',
    name: { ru: 'Инженерное дело', en: 'Engineering' },
    description: paragraph(
      'Расчет, постройка, испытание и наладка машин, приборов, зданий и мостов.',
      'Calculating, building, testing and adjusting machines, devices, buildings and bridges.',
    ),
    directions: paragraph(
      'Вам, похоже, интересно понять, как вещь устроена, и заставить ее работать. Присмотритесь к машиностроению, ' +
      'энергетике, строительству, электронике, робототехнике, транспорту. Для пробы подойдет мастерская, технический ' +
      'кружок или прибор, который можно собрать или починить дома.',
      'You seem to enjoy seeing how a thing is built and making it work. Take a look at mechanical engineering, ' +
      'energy, construction, electronics, robotics and transport. A workshop, a technical club or a device to ' +
      'assemble or repair at home makes a good trial.',
    ),
  },
  {
    id: 'science',
    name: { ru: 'Наука', en: 'Science' },
    description: paragraph(
      'Поиск ответа на вопрос, как устроен мир: наблюдения, опыты, проверка гипотез, обмен выводами.',
      'Finding out how the world works: observing, experimenting, testing hypotheses, sharing conclusions.',
    ),
    directions: paragraph(
      'Вас привлекает возможность наблюдать, проверять и докапываться до причин. Можно выбирать между биологией, ' +
      'химией, физикой, астрономией, науками о Земле; исследователи нужны университетам, лабораториям, заповедникам ' +
      'и компаниям. Для пробы подойдет собственное маленькое исследование или научный проект, который ищет ' +
      'добровольцев.',
      'You are drawn to observing, checking and getting to the cause. There are biology, chemistry, physics, ' +
      'astronomy and the Earth sciences to choose from; universities, laboratories, nature reserves and companies ' +
      'need researchers. A small study of your own or a research project that looks for volunteers makes a good ' +
      'trial.',
    ),
  },
  {
    id: 'medicine',
    name: { ru: 'Медицина', en: 'Medicine' },
    description: paragraph(
      'Забота о здоровье людей и животных: предупреждение и распознавание болезней, лечение, восстановление сил.',
      'Looking after the health of people and animals: preventing and recognising diseases, treatment, recovery.',
    ),
    directions: paragraph(
      'Вы часто выбирали занятия, связанные со здоровьем людей и животных. Присмотритесь к лечебному и сестринскому ' +
      'делу, реабилитации, лабораторной диагностике, фармации, ветеринарии. Для пробы подойдут курс первой помощи, ' +
      'разговор с врачом о буднях или помощь в приюте для животных.',
      'You often chose activities to do with the health of people and animals. Take a look at the work of doctors ' +
      'and nurses, rehabilitation, laboratory diagnostics, pharmacy and veterinary medicine. A first-aid course, a ' +
      'talk with a doctor about everyday work or helping at an animal shelter makes a good trial.',
    ),
  },
  {
    id: 'education',
    name: { ru: 'Образование', en: 'Education' },
    description: paragraph(
      'Помощь детям и взрослым в учебе: объяснение трудного, увлекательные занятия, новые программы.',
      'Helping children and adults learn: explaining what is difficult, giving engaging lessons, planning new ' +
      'programmes.',
    ),
    directions: paragraph(
      'Вам, похоже, по душе объяснять и помогать другим учиться. Близкие направления: преподавание, дошкольное ' +
      'воспитание, разработка курсов, музейная педагогика, обучение взрослых. Для пробы помогите кому-нибудь с ' +
      'трудной темой или проведите одно занятие и заметьте, приносит ли это радость.',
      'You seem to enjoy explaining things and helping others learn. Related directions are teaching, early-years ' +
      'education, course development, museum education and adult training. As a trial, help someone with a difficult ' +
      'topic or give a single lesson, and notice whether you enjoy it.',
    ),
  },
  {
    id: 'business',
    name: { ru: 'Бизнес', en: 'Business' },
    description: paragraph(
      'Создание и развитие своего или общего дела: изучение спроса, переговоры, бюджет, ответственность за решения.',
      'Starting and developing an enterprise, one’s own or a shared one: studying demand, negotiating, budgeting, ' +
      'answering for decisions.',
    ),
    directions: paragraph(
      'Вас привлекают дела, в которых нужно находить возможности, договариваться и считать. Присмотритесь к ' +
      'предпринимательству, управлению проектами, маркетингу, продажам, финансам, логистике. Для пробы подойдет ' +
      'небольшое дело с понятным бюджетом: ярмарка, учебный проект, подработка.',
      'You are drawn to finding opportunities, negotiating and doing the sums. Take a look at entrepreneurship, ' +
      'project management, marketing, sales, finance and logistics. A small venture with a clear budget makes a good ' +
      'trial: a fair, a student project, a side job.',
    ),
  },
  {
    id: 'media',
    name: { ru: 'Медиа', en: 'Media' },
    description: paragraph(
      'Рассказ о событиях и людях словом, звуком и изображением: в статьях, подкастах, фильмах, в эфире и со сцены.',
      'Telling stories of events and people in words, sound and pictures: in articles, podcasts and films, on air ' +
      'and on stage.',
    ),
    directions: paragraph(
      'Вам, похоже, нравится рассказывать, снимать и расспрашивать людей. Близкие направления: журналистика, ' +
      'редактура, съемка и монтаж, радио и подкасты, связи с общественностью, ведение мероприятий. Для пробы ' +
      'напишите заметку, запишите интервью или снимите короткий ролик о том, что вам небезразлично.',
      'You seem to like telling stories, filming and asking people questions. Related directions are journalism, ' +
      'editing, filming and video production, radio and podcasts, public relations and hosting events. As a trial, ' +
      'write a short piece, record an interview or film a short video about something you care about.',
    ),
  },
];
