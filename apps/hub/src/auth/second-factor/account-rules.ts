import type { Sql } from '#channels';
import type { AccountRulesView } from '#contract';

const settingKey = 'accounts';

/** What the organisation asks of every account. */
export async function readAccountRules(sql: Sql): Promise<AccountRulesView> {
  const [row] = await sql.query<{ value: Partial<AccountRulesView> }>('select value from setting where key = $1', [
    settingKey,
  ]);
  return { secondFactor: row?.value.secondFactor ?? 'choice' };
}

export async function writeAccountRules(tx: Sql, rules: AccountRulesView): Promise<void> {
  await tx.query(
    `insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value, changed_at = clock_timestamp()`,
    [settingKey, JSON.stringify(rules)],
  );
}
