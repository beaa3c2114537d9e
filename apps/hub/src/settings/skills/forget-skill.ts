import type { Transaction } from '../../database/database.js';

/** Takes a skill off whoever has it and out of all that asks for it, and deletes it. @returns queues whose waiting work asks for less now. */
export async function forgetSkill(tx: Transaction, id: string): Promise<string[]> {
  await tx.query('delete from agent_skill where skill_id = $1', [id]);
  await tx.query(
    'update queue set skill_ids = array_remove(skill_ids, $1), version = version + 1 where $1 = any (skill_ids)',
    [id],
  );
  const rows = await tx.query<{ queue_id: string }>(
    `update work_item set skill_ids = array_remove(skill_ids, $1)
     where state in ('queued', 'offered', 'assigned') and $1 = any (skill_ids) returning queue_id`,
    [id],
  );
  await tx.query('delete from skill where id = $1', [id]);
  return [...new Set(rows.map((row) => row.queue_id))];
}
