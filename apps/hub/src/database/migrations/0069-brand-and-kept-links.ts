import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the organisation looks like to its customers, links that wait for a mail server, and a limit of roles that holds. */
export class BrandAndKeptLinks implements MigrationInterface {
  readonly name = 'BrandAndKeptLinks1795000069000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row. name and footer by language: {"en", "fa"}. The picture goes along in mails, so it is small, and of a kind that every
      -- mail program shows.
      create table brand (
        one        boolean  primary key default true check (one),
        version    int      not null default 1,
        name       jsonb    not null default '{}' check (jsonb_typeof(name) = 'object'),
        footer     jsonb    not null default '{}' check (jsonb_typeof(footer) = 'object'),
        accent     text     check (accent ~ '^#[0-9a-f]{6}$'),
        logo       bytea    check (octet_length(logo) between 1 and 131072),
        logo_type  text     check (logo_type in ('image/png', 'image/jpeg')),
        constraint brand_logo_whole check ((logo is null) = (logo_type is null))
      );
      insert into brand default values;

      -- A link whose mail has not left yet, sealed, for the next try. A link that is over has nothing left to be sent.
      alter table account_link
        add column unsent       bytea,
        add column unsent_at    timestamptz,
        add column unsent_tries smallint not null default 0 check (unsent_tries between 0 and 8),
        add constraint account_link_unsent check ((unsent is null) = (unsent_at is null));
      create index account_link_unsent_due on account_link (unsent_at) where unsent_at is not null;

      create function account_link_forgets() returns trigger language plpgsql as $$
      begin
        if num_nonnulls(new.used_at, new.revoked_at) > 0 then
          new.unsent := null;
          new.unsent_at := null;
        end if;
        return new;
      end $$;
      create trigger account_link_forgets before insert or update on account_link for each row execute function account_link_forgets();

      -- Two who make the last role at once wait for one another, and the second one counts what the first one made.
      create function own_role_has_room() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(hashtext('own_role'));
        if (select count(*) from own_role) >= 50 then
          raise exception 'there can be 50 roles' using errcode = 'check_violation', constraint = 'own_role_room';
        end if;
        return new;
      end $$;
      create trigger own_role_has_room before insert on own_role for each row execute function own_role_has_room();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger own_role_has_room on own_role;
      drop function own_role_has_room;
      drop trigger account_link_forgets on account_link;
      drop function account_link_forgets;
      alter table account_link drop constraint account_link_unsent, drop column unsent_tries, drop column unsent_at, drop column unsent;
      drop table brand;
    `);
  }
}
