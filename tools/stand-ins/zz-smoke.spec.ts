import { afterAll, beforeAll, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestHub, admin, type TestHub } from '../../test/support/start-hub.js';
import { startBotApi } from './bot-api.js';
import { startTwilio } from './twilio.js';
import { startSmsGateway } from './sms-gateway.js';
import { startPbx } from './pbx.js';
let hub: TestHub;
beforeAll(async () => { hub = await startTestHub({ env: { PUBLIC_URL: 'https://hub.example' } }); });
afterAll(async () => { await hub.stop(); });
it('smoke', async () => {
  const url = hub.url;
  const login = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'https://hub.example' }, body: JSON.stringify(admin) });
  const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const api = async (method: string, path: string, body?: unknown) => {
    const r = await fetch(`${url}/api/${path}`, { method, headers: { 'content-type': 'application/json', origin: 'https://hub.example', cookie }, ...(body ? { body: JSON.stringify(body) } : {}) });
    const t = await r.text(); if (r.status >= 300) { console.log(method, path, r.status, t); } return t ? JSON.parse(t) : null;
  };
  const bot = await startBotApi({ retryMs: 20 });
  const twilio = await startTwilio({ publicUrl: 'https://hub.example', hubUrl: url, retryMs: 20 });
  const gateway = await startSmsGateway({ retryMs: 20 });
  const tg = await api('POST', 'channels', { kind: 'telegram', name: 'bot', config: { apiRoot: bot.url }, secrets: { token: bot.token } });
  const tw = await api('POST', 'channels', { kind: 'sms', name: 'tw', config: { driver: 'twilio', accountSid: twilio.accountSid, from: '+15005550006', baseUrl: twilio.url }, secrets: { authToken: twilio.authToken } });
  const ph = await api('POST', 'channels', { kind: 'phone', name: 'twv', config: { driver: 'twilio', accountSid: twilio.accountSid, baseUrl: twilio.url }, secrets: { authToken: twilio.authToken } });
  const gw = await api('POST', 'channels', { kind: 'sms', name: 'gw', config: gateway.settings(), secrets: { apiKey: gateway.apiKey, inboundSecret: gateway.inboundSecret } });
  const px = await api('POST', 'channels', { kind: 'phone', name: 'pbx', config: { driver: 'pbx' }, secrets: { token: 'token-of-the-exchange' } });
  gateway.pushTo(`${url}/hooks/sms/${gw.id}`);
  const pbx = startPbx({ url: `${url}/hooks/calls/${px.id}`, token: 'token-of-the-exchange' });
  bot.customer(4242).say('سلام از تلگرام');
  console.log('sms', await twilio.sms(tw.id, { from: '+989121234567', to: '+15005550006', body: 'سلام' }));
  console.log('gw', await gateway.sms({ from: '09121234567', text: 'از درگاه', id: '5' }));
  console.log('call', await twilio.call(ph.id, { from: '+989121234567', to: '+15005550006' }));
  pbx.faults.arm('reversed');
  console.log('pbx', await pbx.call({ from: '09121234567', to: '100', answeredBy: '101' }), pbx.sent.map((s) => s.handed?.status));
  await sleep(1500);
  console.log(JSON.stringify(await hub.database.query("select m.channel_id, m.seq, m.kind, m.body, m.content->'call'->>'state' state, m.content->'call'->>'outcome' outcome, c.id from message m join conversation c on c.id=m.conversation_id order by c.id, m.seq"), null, 0));
  const convs = await hub.database.query<{ conversation_id: string; channel_id: string }>("select distinct on (channel_id) conversation_id, channel_id, identity_id from message where kind='text' and direction='in'");
  for (const c of convs) {
    const r = await api('POST', `conversations/${c.conversation_id}/messages`, { body: 'پاسخ ما', text: 'پاسخ ما', channelId: c.channel_id });
    console.log('reply', JSON.stringify(r)?.slice(0, 300));
  }
  await sleep(3000);
  console.log(bot.received, twilio.received, gateway.received, twilio.sent.map((s) => [s.path, s.params['MessageStatus'], s.handed?.status]));
  console.log(JSON.stringify(await hub.database.query("select state, attempts, error, error_code from delivery").catch((e) => String(e))));
  console.log(JSON.stringify(await hub.database.query("select direction, delivery_state from message where direction='out'").catch((e) => String(e))));
  console.log(hub.logged().split('\n').filter((l) => /warn|error/i.test(l)).slice(0, 10).join('\n'));
  await bot.close(); await twilio.close(); await gateway.close(); pbx.close();
}, 60000);
