import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { AttachmentView, MessageView, ScriptFileView, ScriptView } from '#contract';
import { MediaLinks } from '../../apps/hub/src/delivery/media-links.service.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { deploy } from '../support/bot-scene.js';
import { until } from '../support/until.js';
import { addTwilio, becomes, ourNumber, talkWith, type TwilioScene } from '../support/sms-scene.js';

const publicUrl = 'https://support.example';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let scene: ConnectedWorld;
let one: TwilioScene;
let plain: TwilioScene;

beforeAll(async () => {
  scene = await startConnectedWorld({ env: { PUBLIC_URL: publicUrl } });
  const options = { publicUrl, statuses: [] };
  one = await addTwilio(scene, { options, config: { mms: true } });
  plain = await addTwilio(scene, { options });
}, 60_000);

afterAll(async () => {
  await scene?.close();
  await Promise.all([one?.twilio.close(), plain?.twilio.close()]);
});

/** Somebody who has written over this account. */
async function begin({ twilio, channelId }: TwilioScene, from: string): Promise<{ id: string; identityId: string }> {
  await twilio.sms(channelId, { from, to: ourNumber, body: 'a picture, please' });
  const { id, customer } = await talkWith(scene, from);
  return { id, identityId: customer.identities[0]?.id ?? '' };
}

async function attach(conversation: string, name: string, bytes: Uint8Array): Promise<string> {
  const answer = await scene.agent.call<AttachmentView>(`/api/attachments?conversation=${conversation}`, {
    file: { name, content: bytes },
  });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

async function send(channelId: string, to: { id: string; identityId: string }, body: string, files: string[]) {
  const message = { id: uuid(), kind: 'text', body, channelId, identityId: to.identityId, attachmentIds: files };
  return scene.agent.call<MessageView & { code?: string }>(`/api/conversations/${to.id}/messages`, { body: message });
}

const fetched = (link: string) => fetch(link.replace(publicUrl, scene.hub.url));

describe('an MMS', () => {
  it('carries a picture, which Twilio fetches from an address that nobody can guess', async () => {
    const from = '+12025550101';
    const to = await begin(one, from);
    const way = (await talkWith(scene, from)).ways.find(({ channelId }) => channelId === one.channelId);
    expect(way?.fileLimits).toEqual({
      maxBytes: 5 * 1024 * 1024,
      maxCount: 10,
      media: ['image/jpeg', 'image/png', 'image/gif'],
    });
    const sent = await send(one.channelId, to, '', [await attach(to.id, 'dot.png', png)]);
    expect([sent.status, sent.body.code]).toEqual([201, undefined]);
    await becomes(scene, from, sent.body.id, 'sent');
    const [link = ''] = one.twilio.receivedBy(from).at(-1)?.media ?? [];
    expect(link).toMatch(/^https:\/\/support\.example\/media\/[\w-]{48}$/);
    const picture = await fetched(link);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(png);
    const other = link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A');
    expect((await fetched(other)).status).toBe(404);
    expect((await fetched(`${publicUrl}/media/x`)).status).toBe(404);
  });

  it('is no more to be fetched once its hour is over, nor by a file that never left', async () => {
    const to = await begin(one, '+12025550102');
    const links = scene.hub.app.get(MediaLinks, { strict: false });
    const unsent = await attach(to.id, 'dot.png', png);
    expect((await fetched(links.linkTo(unsent) ?? '')).status).toBe(404);
    const sent = await send(one.channelId, to, 'here', [unsent]);
    await becomes(scene, '+12025550102', sent.body.id, 'sent');
    expect((await fetched(links.linkTo(unsent) ?? '')).status).toBe(200);
    expect((await fetched(links.linkTo(unsent, Date.now() - 3_601_000) ?? '')).status).toBe(404);
  });

  it('is no text file, and no SMS of a channel without it', async () => {
    const to = await begin(one, '+12025550103');
    const text = await attach(to.id, 'a.txt', Buffer.from('plain words'));
    expect((await send(one.channelId, to, 'x', [text])).body).toMatchObject({ code: 'file_type_refused_here' });
    const other = await begin(plain, '+12025550104');
    expect((await talkWith(scene, '+12025550104')).ways.find((way) => way.channelId === plain.channelId)).toMatchObject(
      { attachments: false, fileLimits: null },
    );
    const picture = await attach(other.id, 'dot.png', png);
    expect((await send(plain.channelId, other, 'x', [picture])).status).toBe(422);
  });
});

describe('a picture of a script', () => {
  it('goes along as an MMS where the number sends those, and its words alone where it does not', async () => {
    const uploaded = await scene.admin.call<ScriptFileView>('/api/scripts/files', {
      file: { name: 'map.png', type: 'image/png', content: png },
    });
    const { name } = uploaded.body;
    const source = `
format: hub-script/1
id: our_place
title: {en: Our place}
locales: [en]
default_locale: en
channels: [sms]
start: {default: here}
fallback: done
nodes:
  here: {do: say, message: {text: {en: We are here.}, media: ${name}}, next: done}
  done: {do: end, outcome: resolved}
`;
    const { id, draftVersion: version } = (
      await scene.admin.call<ScriptView>('/api/scripts', { body: { name: 'Our place', source } })
    ).body;
    expect((await scene.admin.call(`/api/scripts/${id}/publish`, { body: { version } })).status).toBe(200);
    const said = async ({ twilio, channelId }: TwilioScene, from: string) => {
      await deploy(scene.hub.database, id, channelId);
      await twilio.sms(channelId, { from, to: ourNumber, body: 'where?' });
      const message = await until(
        () => Promise.resolve(twilio.receivedBy(from)[0]),
        (found) => found !== undefined,
      );
      await scene.hub.database.query('delete from script_deployment where channel_id = $1', [channelId]);
      return message;
    };
    const mms = await said(one, '+12025550177');
    expect([mms?.body, mms?.media.length]).toEqual(['We are here.', 1]);
    expect(Buffer.from(await (await fetched(mms?.media[0] ?? '')).arrayBuffer())).toEqual(png);
    const sms = await said(plain, '+12025550178');
    expect([sms?.body, sms?.media]).toEqual(['We are here.', []]);
  });
});
