import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What new colleagues have tried of the console. Whoever is here already needs no introduction. */
export class FirstSteps implements MigrationInterface {
  readonly name = 'FirstSteps1795000056000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- {"done": ["palette", …], "dismissed": true}; kept by the hub, so that another browser asks no second time.
      alter table agent add column first_steps jsonb not null default '{"dismissed": true}';
      alter table agent alter column first_steps set default '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table agent drop column first_steps');
  }
}
