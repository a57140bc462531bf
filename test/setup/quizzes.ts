import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTest, type SourceFile } from '../../src/catalogue/import/index.js';
import { type RestCaller, restCaller } from './rest-calls.js';
import { startTestServer, type TestServer } from './test-server.js';

const quizzes = join(import.meta.dirname, '../catalogue/quiz-xml/fixtures');
const metadata = join(import.meta.dirname, '../http/rest/fixtures');

/**
 * The tests that the REST API is tried with, as the command line takes them: a folder with the quiz.xml of the platform, and
 * metadata. `basic` is free and has texts for its report, `mixed` has every kind of question, `paid` is paid, and `ru-only`
 * has the questions of `paid` and an English description, but no English name.
 */
export const quizFiles = [
  ['basic', 'synth-basic'], ['mixed', 'synth-mixed'], ['paid', 'synth-paid'], ['ru-only', 'synth-paid'],
].map(([slug, quiz]) => ({ folder: join(quizzes, quiz!), meta: join(metadata, `${slug}.json`) }));

/** Starts a server that has published them as the command line would, and gives what calls its REST API. */
export async function startQuizServer(): Promise<[server: TestServer, call: RestCaller]> {
  const server = await startTestServer();
  await publishQuizzes(server);
  return [server, restCaller(server)];
}

/** Answers to every question of them, right and wrong ones. */
export const quizAnswers = {
  basic: [['11', ['1']], ['3', ['2']], ['7', ['0']]],
  mixed: [['1', ['a']], ['2', ['1', '2']], ['3', ['x', 'y', 'z']], ['4', ['16', 'дом']], ['5', ['1']]],
  paid: [['1', ['key']], ['2', ['no']], ['3', ['3']], ['4', ['5']]],
} as const;

async function source(name: string): Promise<SourceFile> {
  return { name, text: await readFile(name, 'utf8') };
}

async function publishQuizzes(server: Pick<TestServer, 'publish'>): Promise<void> {
  for (const { folder, meta } of quizFiles) {
    const { definition, problems } = readTest({
      format: 'quiz-xml',
      file: await source(join(folder, 'quiz.xml')),
      config: await source(join(folder, 'config.xml')).catch(() => null),
      meta: { file: await source(meta), options: [] },
    });
    if (!definition) throw new Error(JSON.stringify(problems));
    await server.publish(definition);
  }
}
