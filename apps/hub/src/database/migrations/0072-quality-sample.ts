import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Samples of work that supervisors review by a scorecard of the organisation's own. */
export class QualitySample implements MigrationInterface {
  readonly name = 'QualitySample1795000072000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${scorecards}${samples}${reviews}${first}
      alter table notice drop constraint notice_kind_check;
      alter table notice add constraint notice_kind_check
        check (kind in ('mention', 'assigned', 'promise', 'reply', 'failed', 'alert', 'hand', 'review'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from push_due where notice_id in (select id from notice where kind = 'review');
      delete from notice where kind = 'review';
      alter table notice drop constraint notice_kind_check;
      alter table notice add constraint notice_kind_check
        check (kind in ('mention', 'assigned', 'promise', 'reply', 'failed', 'alert', 'hand'));
      drop table quality_score;
      drop table quality_review;
      drop function quality_review_stays();
      drop table quality_sample_ticket;
      drop table quality_sample;
      drop table scorecard_question;
      drop table scorecard_version;
    `);
  }
}

const scorecards = `
  -- The newest is the one that new samples are reviewed with. Published once: what was reviewed with it means the same for ever.
  -- Names are {"en", "fa"}.
  create table scorecard_version (
    version  int          primary key check (version > 0),
    name     jsonb        not null check (name <> '{}'),
    made_at  timestamptz  not null default clock_timestamp()
  );
  create trigger append_only before update or delete on scorecard_version for each row execute function append_only();

  -- id: the same question in another version keeps it, so that its results go on.
  create table scorecard_question (
    version   int      not null references scorecard_version,
    id        uuid     not null,
    ordinal   int      not null check (ordinal >= 0),
    name      jsonb    not null check (name <> '{}'),
    kind      text     not null check (kind in ('yes_no', 'one_to_five')),
    weight    int      not null check (weight between 1 and 100),
    critical  boolean  not null,
    primary key (version, id),
    unique (version, ordinal),
    unique (version, id, kind)
  );
  create trigger append_only before update or delete on scorecard_question for each row execute function append_only();
`;

const samples = `
  -- What was drawn stands in quality_sample_ticket; wish, seed and population say how.
  create table quality_sample (
    id          uuid         primary key,
    name        text         not null check (btrim(name) <> '' and length(name) <= 120),
    version     int          not null references scorecard_version,
    wish        jsonb        not null,
    seed        text         not null check (seed <> ''),
    population  int          not null check (population > 0),
    made_by     uuid         not null references agent,
    made_at     timestamptz  not null default clock_timestamp(),
    unique (id, version)
  );

  -- agent_id: whose work it was when it was drawn, so that another hand on the ticket later changes nobody's review.
  create table quality_sample_ticket (
    sample_id  uuid  not null references quality_sample,
    ticket_id  uuid  not null references ticket,
    ordinal    int   not null check (ordinal >= 0),
    agent_id   uuid  not null references agent,
    primary key (sample_id, ticket_id),
    unique (sample_id, ordinal),
    unique (sample_id, ticket_id, agent_id)
  );
  create index quality_sample_of_ticket on quality_sample_ticket (ticket_id);
`;

const reviews = `
  create table quality_review (
    id             uuid          primary key,
    sample_id      uuid          not null,
    ticket_id      uuid          not null,
    agent_id       uuid          not null references agent,
    reviewer_id    uuid          not null references agent,
    version        int           not null,
    comment        text          not null check (length(comment) <= 4000),
    total          numeric(4,1)  check (total between 0 and 100),
    failed         boolean       not null,
    given_at       timestamptz   not null default clock_timestamp(),
    answer         text          check (length(answer) <= 2000),
    answered_at    timestamptz,
    reopened_at    timestamptz,
    reopened_by    uuid          references agent,
    reopen_reason  text          check (length(reopen_reason) <= 500),
    unique (id, version),
    foreign key (sample_id, ticket_id, agent_id) references quality_sample_ticket (sample_id, ticket_id, agent_id),
    foreign key (sample_id, version) references quality_sample (id, version),
    constraint quality_review_of_others check (reviewer_id <> agent_id),
    constraint quality_review_failed check (not failed or total = 0),
    constraint quality_review_answered check ((answer is null) = (answered_at is null)),
    constraint quality_review_reopened check (
      (reopened_at is null) = (reopened_by is null) and (reopened_at is null) = (reopen_reason is null))
  );
  -- One review counts; those that were reopened stay beside it.
  create unique index quality_review_once on quality_review (sample_id, ticket_id) where reopened_at is null;
  create index quality_review_of_agent on quality_review (agent_id, id desc);
  create index quality_review_of_ticket on quality_review (ticket_id);
  create index quality_review_given on quality_review (given_at);

  -- It is answered once and reopened once. Words may be taken out when their customer is erased, and nothing put in their place.
  create function quality_review_stays() returns trigger language plpgsql as $$
  begin
    if (new.id, new.sample_id, new.ticket_id, new.agent_id, new.reviewer_id, new.version, new.total, new.failed, new.given_at)
       is distinct from
       (old.id, old.sample_id, old.ticket_id, old.agent_id, old.reviewer_id, old.version, old.total, old.failed, old.given_at)
       or new.comment not in (old.comment, '')
       or (old.answered_at is not null and (new.answered_at is distinct from old.answered_at or new.answer not in (old.answer, '')))
       or (old.reopened_at is not null and (
         (new.reopened_at, new.reopened_by, new.answered_at) is distinct from (old.reopened_at, old.reopened_by, old.answered_at)
         or new.reopen_reason not in (old.reopen_reason, ''))) then
      perform refuse('a review never changes');
    end if;
    return new;
  end $$;
  create trigger quality_review_stays before update on quality_review for each row execute function quality_review_stays();

  -- kind stands here too, so that the range of a score is the one of its question. null: not applicable.
  create table quality_score (
    review_id    uuid      not null,
    version      int       not null,
    question_id  uuid      not null,
    kind         text      not null,
    score        smallint,
    primary key (review_id, question_id),
    foreign key (review_id, version) references quality_review (id, version),
    foreign key (version, question_id, kind) references scorecard_question (version, id, kind),
    constraint quality_score_range check (
      case kind when 'yes_no' then score is null or score between 0 and 1 else score is not null and score between 1 and 5 end)
  );
  create trigger append_only before update on quality_score for each row execute function append_only();
`;

const first = `
  insert into scorecard_version (version, name) values (1, '{"en": "Good service", "fa": "خدمت خوب"}');
  insert into scorecard_question (version, id, ordinal, name, kind, weight, critical)
  select 1, ('01900000-0072-7000-8000-00000000001' || ordinal)::uuid, ordinal, name::jsonb, kind, weight, critical
  from (values
    (0, '{"en": "Understood what the customer needed", "fa": "نیاز مشتری را درست فهمید"}', 'one_to_five', 3, false),
    (1, '{"en": "The answer was right and complete", "fa": "پاسخ درست و کامل بود"}', 'one_to_five', 4, false),
    (2, '{"en": "Polite and clear in every message", "fa": "همهٔ پیام‌ها مؤدبانه و روشن بودند"}', 'one_to_five', 2, false),
    (3, '{"en": "Told the customer what happens next", "fa": "به مشتری گفت گام بعدی چیست"}', 'yes_no', 1, false),
    (4, '{"en": "Kept the customer''s data safe", "fa": "از اطلاعات مشتری محافظت کرد"}', 'yes_no', 2, true))
    as one (ordinal, name, kind, weight, critical);
`;
