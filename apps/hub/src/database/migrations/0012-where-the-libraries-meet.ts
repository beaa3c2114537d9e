import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Foreign keys and guards that point against the direction of knowledge: libraries do not know of them. */
export class WhereTheLibrariesMeet implements MigrationInterface {
  readonly name = 'WhereTheLibrariesMeet1795000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table message add constraint message_ticket foreign key (ticket_id) references ticket;
      alter table channel add constraint channel_queue foreign key (queue_id) references queue;
      alter table channel add constraint channel_script foreign key (script_id) references script;

      -- A message joins only a ticket of the same person. The customers are locked against an undo in between.
      create function message_joins_own_ticket() returns trigger language plpgsql as $$
      declare
        ticket_conversation uuid;
      begin
        select conversation_id into ticket_conversation from ticket where id = new.ticket_id;
        if ticket_conversation = new.conversation_id then
          return null;
        end if;
        perform 1 from customer
         where id in (select customer_id from conversation where id in (new.conversation_id, ticket_conversation))
         order by id for share;
        if (select count(distinct coalesce(k.merged_into, k.id)) from customer k join conversation c on c.customer_id = k.id
            where c.id in (new.conversation_id, ticket_conversation)) <> 1 then
          perform refuse('a message joins only a ticket of the same person');
        end if;
        return null;
      end $$;
      create trigger message_joins_own_ticket after insert or update of ticket_id on message
        for each row when (new.ticket_id is not null) execute function message_joins_own_ticket();

      -- An undo must have cut the links between messages and tickets that cross the split, and undone ticket merges across it.
      create function no_link_crosses() returns trigger language plpgsql as $$
      declare
        here uuid := (select id from conversation where customer_id = new.id);
      begin
        if exists (
          with person as (
            select c.id as conversation_id, coalesce(k.merged_into, k.id) as root
            from conversation c join customer k on k.id = c.customer_id),
          link as (
            select m.conversation_id as a, t.conversation_id as b from message m join ticket t on t.id = m.ticket_id
              where m.conversation_id = here
            union select m.conversation_id, t.conversation_id from ticket t join message m on m.ticket_id = t.id
              where t.conversation_id = here
            union select l.conversation_id, w.conversation_id from ticket l join ticket w on w.id = l.merged_into
              where l.conversation_id = here or w.conversation_id = here)
          select 1 from link join person pa on pa.conversation_id = a join person pb on pb.conversation_id = b
          where pa.root <> pb.root) then
          perform refuse('a link still crosses the split');
        end if;
        return null;
      end $$;
      create constraint trigger no_link_crosses after update on customer deferrable initially deferred
        for each row when (old.merged_into is not null and new.merged_into is distinct from old.merged_into)
        execute function no_link_crosses();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger no_link_crosses on customer;
      drop trigger message_joins_own_ticket on message;
      drop function no_link_crosses();
      drop function message_joins_own_ticket();
      alter table channel drop constraint channel_script;
      alter table channel drop constraint channel_queue;
      alter table message drop constraint message_ticket;
    `);
  }
}
