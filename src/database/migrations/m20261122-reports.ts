import { Migration } from './migration.js';

/** Norms, what authors say about results, right answers in several languages; authors become a part of each edition. */
export class ReportsMigration extends Migration {
  override up(): void {
    this.addSql('alter table "test_revision" add "norm" jsonb null, add "report" jsonb null, add "authors" jsonb null');
    this.addSql('alter table "question_option" add "translations" jsonb null');
    this.addSql(`
      update "test_revision" set "authors" = (
        select coalesce(jsonb_agg(jsonb_build_object('slug', a.slug, 'name', a.name, 'url', a.url) order by m.id), '[]')
          from "test_revision_author" m
          join "author" a on a.slug = m.author_slug
         where m.test_id = "test_revision".test_id and m.revision_number = "test_revision".number)`);
    this.addSql('alter table "test_revision" alter "authors" set not null');
    this.addSql('drop table "test_revision_author"');
    this.addSql('drop table "author"');
  }

  override down(): void {
    this.addSql(`
      create table "author" (
        "slug" varchar(50) not null,
        "name" jsonb not null,
        "url" varchar(2000) null,
        primary key ("slug")
      )`);
    this.addSql(`
      create table "test_revision_author" (
        "id" serial primary key,
        "test_id" uuid not null,
        "revision_number" int not null,
        "author_slug" varchar(50) not null,
        constraint "test_revision_author_test_id_revision_number_foreign" foreign key ("test_id", "revision_number")
          references "test_revision" ("test_id", "number") on update cascade on delete cascade,
        constraint "test_revision_author_author_slug_foreign" foreign key ("author_slug")
          references "author" ("slug") on update cascade on delete cascade
      )`);
    // Authors were shared: the latest edition that names one tells how.
    this.addSql(`
      insert into "author" ("slug", "name", "url")
      select distinct on (a.slug) a.slug, a.name, a.url
        from "test_revision" r, jsonb_to_recordset(r.authors) as a (slug text, name jsonb, url text)
       order by a.slug, r.published_at desc`);
    this.addSql(`
      insert into "test_revision_author" ("test_id", "revision_number", "author_slug")
      select r.test_id, r.number, a.author ->> 'slug'
        from "test_revision" r, jsonb_array_elements(r.authors) with ordinality as a (author, place)
       order by r.test_id, r.number, a.place`);
    this.addSql('alter table "question_option" drop "translations"');
    this.addSql('alter table "test_revision" drop "norm", drop "report", drop "authors"');
  }
}
