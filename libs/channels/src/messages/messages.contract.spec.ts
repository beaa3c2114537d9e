import {
  createFaultSwitch,
  jsonReply,
  listenOnLoopback,
  type FaultSwitch,
  type LoopbackReply,
  type LoopbackServer,
} from '../../../../tools/stand-ins/loopback-server.js';
import { type Delivered, describeAdapter, type Sample, type Stage } from '../contract/adapter-contract.js';
import type { InboundEvent } from '../message.js';
import { createMessagesAdapter } from './messages.adapter.js';
import { messagesConfig, messagesSecrets } from './messages-settings.js';
import { signWebhook } from './standard-webhook.js';

const secret = 'secret-of-this-contract';
const now = new Date('2026-03-21T12:00:00Z');
const timestamp = String(now.getTime() / 1000);

interface ProgramStage extends Stage {
  delivered: Delivered[];
  faults: FaultSwitch<'refuses' | 'throttles' | 'cut' | 'unauthorised'>;
}

const answers: Record<string, LoopbackReply> = {
  refuses: { status: 422 },
  throttles: { status: 429, headers: { 'retry-after': '7' } },
  unauthorised: { status: 401 },
};

interface Posted {
  type: 'message' | 'check';
  text: string;
  attachments: { name: string; content: string }[];
}

function deliveredOf({ text, attachments }: Posted): Delivered {
  const files = attachments.map(({ name, content }) => ({ name, bytes: Buffer.from(content, 'base64').length }));
  return { text, ...(files.length === 0 ? {} : { attachments: files }) };
}

async function open(): Promise<ProgramStage> {
  const delivered: Delivered[] = [];
  const faults: ProgramStage['faults'] = createFaultSwitch();
  const program: LoopbackServer = await listenOnLoopback(({ body }) => {
    const fault = faults.take('message')?.kind;
    const refusal = fault === undefined ? undefined : answers[fault];
    if (refusal !== undefined) {
      return refusal;
    }
    const posted = JSON.parse(body.toString('utf8')) as Posted;
    if (posted.type === 'check') {
      return jsonReply(200, {});
    }
    delivered.push(deliveredOf(posted));
    return fault === 'cut' ? 'cut' : jsonReply(200, { id: `theirs-${String(delivered.length)}` });
  });
  const settings = {
    ...messagesConfig.parse({ url: program.url, namespace: 'crm' }),
    ...messagesSecrets.parse({ secret }),
  };
  const account = { id: 'channel-1', name: 'CRM', settings, publicUrl: null };
  const adapter = createMessagesAdapter({ now: () => now, sendTimeoutMs: 2000 });
  return { adapter, account, delivered, faults, secretTexts: [secret], close: () => program.close() };
}

async function receive(
  { adapter, account }: Stage,
  id: string,
  { body, signature }: { body: string; signature?: string },
): Promise<InboundEvent[]> {
  const bytes = Buffer.from(body);
  const reading = await adapter.receive?.(
    {
      method: 'POST',
      path: '',
      originalUrl: '/hooks/messages/channel-1',
      headers: {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signature ?? signWebhook(secret, { id, timestamp }, bytes),
      },
      body: bytes,
    },
    account,
  );
  return reading?.events ?? [];
}

describeAdapter('Messages of an own program', {
  open,
  inbound: {
    say: (stage: ProgramStage, { id, text, attachment }: Sample) => {
      const { name, mediaType, bytes } = attachment ?? { name: '', mediaType: '', bytes: new Uint8Array() };
      const file = { name, mediaType, content: Buffer.from(bytes).toString('base64') };
      const body = { from: { id: '42', name: 'مریم' }, text, attachments: attachment === undefined ? [] : [file] };
      return receive(stage, id, { body: JSON.stringify(body) });
    },
    attachments: true,
    malformed: {
      'no JSON': (stage) => receive(stage, 'm1', { body: '{' }),
      'no sender': (stage) => receive(stage, 'm2', { body: '{"text":"x"}' }),
      'an empty sender': (stage) => receive(stage, 'm3', { body: '{"from":{"id":"  "},"text":"x"}' }),
      'a file that is not base64': (stage) =>
        receive(stage, 'm4', {
          body: '{"from":{"id":"1"},"attachments":[{"name":"a","mediaType":"b","content":"%"}]}',
        }),
    },
    forged: {
      'no signature': (stage) => receive(stage, 'm5', { body: '{}', signature: '' }),
      'a wrong signature': (stage) => receive(stage, 'm6', { body: '{}', signature: 'v1,AAAA' }),
    },
  },
  outbound: {
    to: { kind: 'external', address: 'crm:42' },
    arrange: ({ account, faults }, mood) => {
      if (mood === 'absent') {
        return { ...account, settings: { ...(account.settings as object), url: 'http://127.0.0.1:1' } };
      }
      if (mood !== 'accepts') {
        faults.arm(mood);
      }
      return account;
    },
    delivered: ({ delivered }) => delivered,
    retryAfterMs: 7000,
    attachments: true,
  },
});
