import type { EntityManager } from '@mikro-orm/postgresql';
import { advisoryLock, type Database } from '../../database/index.js';
import { newId } from '../../kernel/ids.js';
import { catalogueChannel } from '../catalogue-channel.js';
import { Question } from '../question.js';
import { QuestionOption } from '../question-option.js';
import { Test } from '../test.js';
import { RevisionSource, TestRevision } from '../test-revision.js';
import { contentOf, type DefinitionContent } from './definition-content.js';
import { definitionDigest } from './definition-digest.js';
import type { TestDefinition } from './test-definition.js';

/** What publishing a definition did. */
export type Publication =
  | { readonly outcome: 'CREATED' | 'REVISED' | 'UNCHANGED'; readonly slug: string; readonly revision: number }
  /** A bundled test of this slug was replaced by the operator's own import, which the server leaves alone. */
  | { readonly outcome: 'KEPT_IMPORTED'; readonly slug: string; readonly revision: number }
  | { readonly outcome: 'LEGACY_ID_TAKEN'; readonly legacyId: number; readonly by: string };

/**
 * Makes a checked definition the published revision of its test, whole or not at all. An equal definition changes
 * nothing; a changed one becomes a new revision, and answers to the earlier ones stay pinned to them.
 */
export async function publishTest(
  database: Database,
  definition: TestDefinition,
  source: RevisionSource,
): Promise<Publication> {
  return database.unitOfWork(async (em) => {
    // One publication at a time: numbers of revisions have no gaps.
    await em.execute('select pg_advisory_xact_lock(?)', [advisoryLock.catalogue]);
    return publish(em, definition, source);
  });
}

async function publish(em: EntityManager, definition: TestDefinition, source: RevisionSource): Promise<Publication> {
  const { slug } = definition;
  const legacyId = definition.legacyId ?? null;
  const namesake = legacyId === null ? null : await em.findOne(Test, { legacyId, slug: { $ne: slug } });
  if (legacyId !== null && namesake) return { outcome: 'LEGACY_ID_TAKEN', legacyId, by: namesake.slug };

  const known = await em.findOne(Test, { slug });
  const latest = known && (await em.findOne(TestRevision, { test: known }, { orderBy: { number: 'desc' } }));
  const digest = definitionDigest(definition);
  if (latest?.digest === digest) {
    // An import of what is published already says that it shall stay.
    if (source === RevisionSource.IMPORTED) latest.source = source;
    return { outcome: 'UNCHANGED', slug, revision: latest.number };
  }
  if (latest && source === RevisionSource.BUNDLED) {
    if (latest.source === RevisionSource.IMPORTED) return { outcome: 'KEPT_IMPORTED', slug, revision: latest.number };
    // An older server that starts beside a newer one does not bring its edition back.
    const older = await em.count(TestRevision, { test: latest.test, digest });
    if (older > 0) return { outcome: 'UNCHANGED', slug, revision: latest.number };
  }

  const now = new Date();
  const content = contentOf(definition);
  const { locales, authors, name, description, instruction, durationMinutes, scales, norm, report } = content;
  const test = known ?? em.create(Test, { id: newId(), slug, legacyId, paid: false, bonus: false, createdAt: now });
  em.assign(test, { legacyId, paid: definition.paid, bonus: definition.bonus });
  const number = (latest?.number ?? 0) + 1;
  const revision = em.create(TestRevision, {
    test, number, digest, source, publishedAt: now,
    locales: [...locales], authors: [...authors], scales: [...scales],
    name, description, instruction, durationMinutes, norm, report,
  });
  createQuestions(em, revision, content);
  await em.flush();
  await em.execute('select pg_notify(?, ?)', [catalogueChannel, slug]);
  return { outcome: known ? 'REVISED' : 'CREATED', slug, revision: number };
}

function createQuestions(em: EntityManager, revision: TestRevision, { questions }: DefinitionContent): void {
  for (const { options, ...question } of questions) {
    const entity = em.create(Question, { ...question, revision });
    for (const [position, option] of options.entries()) {
      em.create(QuestionOption, { ...option, question: entity, position: position + 1 });
    }
  }
}
