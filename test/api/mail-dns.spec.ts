import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ChannelView } from '#contract';
import { DNS_QUESTIONS } from '../../apps/hub/src/settings/mail-dns/mail-dns.service.js';
import { PeopleDesk } from '../support/people-desk.js';
import { until } from '../support/until.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
  const none = () => Promise.resolve([]);
  Object.assign(desk.hub.app.get<object>(DNS_QUESTIONS, { strict: false }), { txt: none, mx: none, cname: none });
});
afterAll(() => desk.stop());

const makeKey = (selector: string) => desk.admin.call(`/api/channels/${desk.mail.id}/dkim`, { body: { selector } });
const channel = async () =>
  (await desk.admin.call<ChannelView[]>('/api/channels')).body.find(({ id }) => id === desk.mail.id);

it('a signing key whose making cannot be written down is not made', async () => {
  const { database } = desk.hub;
  await database.query(`
    create function refuse_key() returns trigger language plpgsql as $$ begin raise exception 'not written down'; end $$;
    create trigger refuse_key before insert on audit for each row when (new.entry like '%dkim_key_made%') execute function refuse_key();`);
  expect((await makeKey('lost')).status).toBe(500);
  await database.query('drop trigger refuse_key on audit');
  const view = await channel();
  expect(view?.secretsSet).not.toContain('dkimPrivateKey');
  expect(JSON.stringify(view?.config)).not.toContain('lost');
});

it('a key that is made while the settings change waits for them and keeps what they became', async () => {
  const { database } = desk.hub;
  let making: Promise<unknown> = Promise.resolve();
  await database.transaction(async (tx) => {
    await tx.query(`update channel set config = config || '{"fromName": "Shop"}' where id = $1`, [desk.mail.id]);
    making = makeKey('kept');
    const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await until(
      () => database.query(waits),
      (rows) => rows.length > 0,
    );
  });
  await making;
  expect((await channel())?.config).toMatchObject({ fromName: 'Shop', outgoing: { dkim: { selector: 'kept' } } });
});
