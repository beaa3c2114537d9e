import type { Sql } from '#channels';
import type { SteeringRulesView } from '#contract';

const settingKey = 'steering';

/** What the organisation says of steering. Until it does, nobody is told that they are watched. */
export async function readSteeringRules(sql: Sql): Promise<SteeringRulesView> {
  const [row] = await sql.query<{ value: Partial<SteeringRulesView> }>('select value from setting where key = $1', [
    settingKey,
  ]);
  return { tellWatched: row?.value.tellWatched ?? false };
}

export async function writeSteeringRules(tx: Sql, rules: SteeringRulesView): Promise<void> {
  await tx.query(
    `insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value, changed_at = clock_timestamp()`,
    [settingKey, JSON.stringify(rules)],
  );
}
