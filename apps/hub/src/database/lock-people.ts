/**
 * Locks every conversation row of some people by id, as all writers do: whoever merges or parts people holds these rows too. `whose` is the
 * condition that picks the people by their roots, `= $1` for one.
 */
export function lockPeople(whose: string): string {
  return `
select c.id, c.rev, c.customer_id as customer from conversation c
where c.customer_id in (select g.id from customer g where coalesce(g.merged_into, g.id) ${whose})
order by c.id for no key update of c`;
}
