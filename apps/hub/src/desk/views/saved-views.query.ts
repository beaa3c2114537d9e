import type { Statement } from '#channels';
import type { ViewSort } from '#tickets';

export interface ViewRow {
  [column: string]: unknown;
  id: string;
  owner_id: string;
  owner_name: string;
  name: string;
  filter: object;
  sort: ViewSort;
  shared_with: 'me' | 'everyone' | 'queues';
  queues: string[];
  position: number;
  version: number;
}

/** Views that a reader sees. Parameters: reader, oversees, one view or null. */
export const visibleViews: Statement = {
  name: 'saved-views-visible',
  text: `
select v.*, a.name as owner_name,
       array(select q.queue_id from saved_view_queue q where q.view_id = v.id order by q.queue_id) as queues
from saved_view v join agent a on a.id = v.owner_id
where ($3::uuid is null or v.id = $3)
  and (v.owner_id = $1 or v.shared_with = 'everyone'
    or v.shared_with = 'queues' and ($2 or exists (
         select 1 from saved_view_queue q join queue_member m on m.queue_id = q.queue_id and m.agent_id = $1 where q.view_id = v.id)))
order by v.shared_with <> 'me', v.position, v.id`,
};

export const lockView = `select v.*, '' as owner_name, '{}'::uuid[] as queues from saved_view v where v.id = $1 for update`;
