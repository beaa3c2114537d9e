import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visitors who are signed in to the site that shows the chat. */
export class SiteVisitors implements MigrationInterface {
  readonly name = 'SiteVisitors1795000025000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which visitor a site's user is, on every device. The browser where they first signed in brings the visitor it was, so that what
      -- was said before goes along; from then on only the site's word opens that visitor.
      create table site_visitor (
        channel_id  uuid        not null references channel on delete cascade,
        subject     text        not null check (subject <> '' and length(subject) <= 200),   -- the site's own id of the user
        visitor_id  uuid        not null unique,
        met_at      timestamptz not null default clock_timestamp(),
        primary key (channel_id, subject)
      );

      create function site_visitor_stays() returns trigger language plpgsql as $$
      begin
        perform refuse('a user of a site stays the visitor that they are');
        return new;
      end $$;
      create trigger site_visitor_stays before update on site_visitor for each row execute function site_visitor_stays();

      -- Tokens of sites that may be shown once, until they would have ended anyway.
      create table site_token_use (
        channel_id  uuid        not null references channel on delete cascade,
        digest      bytea       not null,                   -- SHA-256 of the token's own id
        ends_at     timestamptz not null,
        primary key (channel_id, digest)
      );
      create index site_token_use_over on site_token_use (ends_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table site_token_use;
      drop table site_visitor;
      drop function site_visitor_stays();
    `);
  }
}
