import { Collection, OptionalProps, PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, Enum, ManyToOne, OneToMany, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Localized } from '../kernel/localized.js';
import type { AuthorDefinition } from './author.js';
import type { NormDefinition } from './norm.js';
import { Question } from './question.js';
import type { ReportDefinition } from './report-definition.js';
import type { ScaleDefinition } from './scale.js';
import { Test } from './test.js';

/** Where a revision came from: a bundled one is replaced by a newer version of the server, an imported one never. */
export enum RevisionSource {
  BUNDLED = 'BUNDLED',
  IMPORTED = 'IMPORTED',
}

/**
 * One immutable edition of a test. The highest number is the published one; answers stay pinned to the edition that
 * they answered.
 */
@Entity()
@Check({ name: 'test_revision_number_positive', expression: 'number > 0' })
@Check({ name: 'test_revision_duration_positive', expression: 'duration_minutes > 0' })
export class TestRevision {
  [PrimaryKeyProp]?: ['test', 'number'];
  [OptionalProps]?: 'questions';

  @ManyToOne(() => Test, { primary: true, deleteRule: 'restrict' })
  test!: Rel<Test>;

  @PrimaryKey({ type: 'integer' })
  number!: number;

  /** SHA-256 of the definition in canonical form: an equal definition makes no new revision. */
  @Property({ type: 'string', length: 64 })
  digest!: string;

  @Enum({ items: () => RevisionSource, type: 'string' })
  source!: RevisionSource;

  /** The languages of the test, its own first. */
  @Property({ type: 'string[]' })
  locales!: string[];

  @Property({ type: 'json' })
  name!: Localized;

  @Property({ type: 'json' })
  description!: Localized;

  @Property({ type: 'json', nullable: true })
  instruction!: Localized | null;

  @Property({ type: 'integer' })
  durationMinutes!: number;

  @Property({ type: 'json' })
  authors!: AuthorDefinition[];

  @Property({ type: 'json' })
  scales!: ScaleDefinition[];

  @Property({ type: 'json', nullable: true })
  norm!: NormDefinition | null;

  /** What the author has to say about results; null for nothing. */
  @Property({ type: 'json', nullable: true })
  report!: ReportDefinition | null;

  @Property({ type: 'timestamptz' })
  publishedAt!: Date;

  @OneToMany(() => Question, (question) => question.revision, { orderBy: { position: 'asc' } })
  questions: Collection<Question> = new Collection<Question>(this);
}
