import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import { Database } from '../database/database.js';
import { Housekeeping } from '../platform/operations/housekeeping.js';

const atOnce = 5_000;

/**
 * What was reported of a mail: half a year after it nobody is tried again and no report comes a second time. What is said stands on the
 * message and on the address, which keep it.
 */
const oldReports: Statement = {
  name: 'forget-mail-reports',
  text: `
delete from mail_report where id in (
  select id from mail_report where at < clock_timestamp() - interval '180 days' limit $1) returning id`,
};

/** What left by itself: a loop that takes a quarter of a year for one round is none. */
const oldAnswers: Statement = {
  name: 'forget-automatic-answers',
  text: `
delete from automatic_answer where id in (
  select id from automatic_answer where at < clock_timestamp() - interval '90 days' limit $1) returning id`,
};

/** Links that open nothing any more. One by which its customer asked for deletion stays as the record of that. */
const deadLinks: Statement = {
  name: 'forget-customer-links',
  text: `
delete from customer_link where id in (
  select id from customer_link
  where least(expires_at, revoked_at) < clock_timestamp() - interval '90 days' and deletion_asked_at is null limit $1) returning id`,
};

/** Clears away what mail leaves behind besides itself, once it decides nothing any more. */
@Injectable()
export class MailRecordsSweeper {
  constructor(
    private readonly database: Database,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('forget old records of mail', () => this.sweep());
  }

  async sweep(): Promise<void> {
    for (const statement of [oldReports, oldAnswers, deadLinks]) {
      // In portions, so that no statement holds what others wait for.
      let gone = atOnce;
      while (gone === atOnce) {
        gone = (await this.database.query(statement, [atOnce])).length;
      }
    }
  }
}
