import { afterAll, beforeAll, expect } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { NewSiteKeyView } from '#contract';
import { signedIn } from '../support/build-rows.js';
import {
  attempts,
  mina,
  read,
  scene,
  startHijackScene,
  stopHijackScene,
  tokenOfMallory,
} from '../support/hijack-scene.js';
import { openedChat } from '../support/live-client.js';
import { signSiteToken } from '../support/site-tokens.js';

interface Session {
  token: string;
  visitor: string;
  user: string | null;
  identity: string;
}

let key: NewSiteKeyView;
beforeAll(async () => {
  await startHijackScene();
  const [root] = await scene.hub.database.query<{ id: string }>(`select id from agent where role = 'admin' limit 1`);
  const boss = await signedIn(scene.hub, root?.id ?? '');
  const path = `/api/channels/${scene.channels.web}/site-keys`;
  key = (await boss.call<NewSiteKeyView>(path, { method: 'POST' })).body;
}, 60_000);
afterAll(stopHijackScene);

/** What the site says of the victim, whose address it has checked. */
const aboutMina = { sub: 'mina', name: 'Mina', email: mina.mail, email_verified: true };
const word = (claims: object, more: Partial<Parameters<typeof signSiteToken>[0]> = {}): string =>
  signSiteToken({ channelId: scene.channels.web, key, claims: { ...aboutMina, ...claims }, ...more });

async function begin(identity: string, token?: string): Promise<Session> {
  const body = { identity, ...(token !== undefined && { token }) };
  const answer = await read(`/api/chat/${scene.channels.web}/session`, undefined, { body });
  expect(answer.status).toBe(201);
  return answer.body as Session;
}

/** Says who one is in a chat that was begun with a word of the site; what was heard there. */
async function speak({ token }: Pick<Session, 'token'>, mark: string): Promise<string> {
  const mine = await openedChat(scene.hub, scene.channels.web, token);
  await mine.say(`${mark} I am Mina`);
  const seen = JSON.stringify([mine.heard, await mine.catchUp()]);
  mine.close();
  return seen;
}

/** A word that proves nothing leaves the attacker who they are. */
const refused = (made: () => string) => async (mark: string) => {
  const session = await begin(made());
  expect([session.identity, session.user]).toEqual(['refused', null]);
  return speak(session, mark);
};

const plain = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

attempts('with a word of the site about the victim', [
  ['that nobody signed', 'own', refused(() => `${plain({ alg: 'none' })}.${plain(aboutMina)}.`)],
  [
    'signed with a guess',
    'own',
    refused(() => word({}, { key: { kid: key.kid, secret: 'a secret that somebody guessed, wrongly' } })),
  ],
  [
    'signed with a guess, by a key of one’s own making',
    'own',
    refused(() => word({}, { key: { kid: uuid(), secret: 'a secret that somebody made up by themselves' } })),
  ],
  ['that is over', 'own', refused(() => word({}, { endsIn: -60 }))],
  ['that was said to another chat', 'own', refused(() => word({ aud: uuid() }))],
  [
    'that was put together from two',
    'own',
    refused(() => {
      const [one, other] = [word({ sub: 'mallory', email: 'mallory@evil.test' }).split('.'), word({}).split('.')];
      return [one[0], other[1], one[2]].join('.');
    }),
  ],
  [
    'that the victim used before',
    'own',
    async (mark) => {
      const identity = word({ sub: uuid(), email_verified: false, jti: uuid() });
      const first = await begin(identity);
      const again = await begin(identity, tokenOfMallory);
      expect([first.identity, again.identity, again.user]).toEqual(['proven', 'refused', null]);
      expect(again.visitor).not.toBe(first.visitor);
      return speak(again, mark);
    },
  ],
  [
    'as somebody else, under an address that the site has not checked',
    'own',
    async (mark) => speak(await begin(word({ sub: 'mallory', email_verified: false })), mark),
  ],
]);
