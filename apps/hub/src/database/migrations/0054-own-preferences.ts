import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How colleagues like the console goes with their account, not with a browser. */
export class OwnPreferences implements MigrationInterface {
  readonly name = 'OwnPreferences1795000054000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What was chosen, each as the API takes it; what is not named follows the default.
      alter table agent add column preferences jsonb not null default '{}' check (jsonb_typeof(preferences) = 'object');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table agent drop column preferences');
  }
}
