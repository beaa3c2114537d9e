import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the triggers of every room share. A guard refuses with 23514 and holds an invariant; decisions stay in the application. */
export class Guards implements MigrationInterface {
  readonly name = 'Guards1795000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists btree_gist;
      create extension if not exists pg_trgm;

      create function refuse(reason text) returns void language plpgsql as $$
      begin
        raise exception using message = reason, errcode = 'check_violation';
      end $$;

      create function append_only() returns trigger language plpgsql as $$
      begin
        perform refuse(format('%s is append-only', tg_table_name));
        return null;
      end $$;

      create function published_is_final() returns trigger language plpgsql as $$
      begin
        if old.status <> 'draft' and (new.status = 'draft' or to_jsonb(new) - 'status' <> to_jsonb(old) - 'status') then
          perform refuse('a published version never changes');
        end if;
        return new;
      end $$;

      -- merged_into points at a root: one level deep. After the statement, so that a whole group is repointed at once.
      create function one_level_deep() returns trigger language plpgsql as $$
      declare
        target_points_at uuid;
        is_target        boolean;
      begin
        execute format('select merged_into from %I where id = $1 for share', tg_table_name) into target_points_at using new.merged_into;
        execute format('select exists (select 1 from %I where merged_into = $1)', tg_table_name) into is_target using new.id;
        if target_points_at is not null or is_target then
          perform refuse(format('%s.merged_into must be one level deep', tg_table_name));
        end if;
        return null;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function one_level_deep();
      drop function published_is_final();
      drop function append_only();
      drop function refuse(text);
      drop extension pg_trgm;
      drop extension btree_gist;
    `);
  }
}
