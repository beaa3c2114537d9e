import { startMessageCentre, type MessageCentre } from '../../../../../tools/stand-ins/message-centre.js';
import type { ChannelAccount } from '../../channel-adapter.js';
import { describeAdapter, type Delivered, type ProviderMood, type Stage } from '../../contract/adapter-contract.js';
import { createSmsAdapter, type SmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets, type SmsSettings } from '../sms-settings.js';
import { decodeMessage } from './decode-text.js';

interface SmppStage extends Stage {
  adapter: SmsAdapter;
  account: ChannelAccount<SmsSettings>;
  centre: MessageCentre;
}

const password = 'smpp-pass-77';

function accountAt(port: number, id: string, more: object = {}): ChannelAccount<SmsSettings> {
  const config = smsConfig.parse({ driver: 'smpp', host: '127.0.0.1', port, systemId: 'peyk', from: '30001234' });
  const settings = { ...config, ...smsSecrets.parse({ password, ...more }) } as SmsSettings;
  return { id, name: 'SMS', settings, publicUrl: null };
}

async function open(): Promise<SmppStage> {
  const centre = await startMessageCentre({ password });
  const adapter = createSmsAdapter({ smppTimes: { lookMs: 20, sessionMs: 50, answerMs: 2_000, connectMs: 2_000 } });
  const account = accountAt(centre.port, 'smpp-1');
  return {
    adapter,
    account,
    centre,
    secretTexts: [password, 'wrong-pass-78'],
    close: async () => {
      adapter.disconnect?.(account);
      await centre.close();
    },
  };
}

/** The session is whoever's who polls; a poll that fails is what the poller would see. */
async function look({ adapter }: SmppStage, account: ChannelAccount<SmsSettings>): Promise<void> {
  await adapter.poll?.(account, null, AbortSignal.timeout(1_000)).catch(() => undefined);
}

async function arrange(stage: SmppStage, mood: ProviderMood): Promise<ChannelAccount> {
  const account =
    mood === 'absent'
      ? accountAt(1, 'smpp-absent')
      : mood === 'unauthorised'
        ? accountAt(stage.centre.port, 'smpp-stranger', { password: 'wrong-pass-78' })
        : stage.account;
  await look(stage, account);
  if (mood === 'refuses') {
    stage.centre.refuse(0x0b);
  } else if (mood === 'throttles') {
    stage.centre.refuse(0x58);
  } else if (mood === 'cut') {
    stage.centre.cutAfterSubmit();
  }
  return account;
}

/** What the phone shows: the parts of a long message are one. */
function shown({ centre }: SmppStage): Delivered[] {
  const texts: { key: string; text: string }[] = [];
  for (const { id, to, message } of centre.submitted) {
    const { text, part } = decodeMessage(message, 'gsm7');
    const key = part === null ? id : `${to} ${String(part.reference)} ${String(part.total)}`;
    const known = texts.find((one) => one.key === key);
    if (known) {
      known.text += text;
    } else {
      texts.push({ key, text });
    }
  }
  return texts;
}

describeAdapter('SMS over a message centre', {
  open,
  inbound: null,
  outbound: {
    to: { kind: 'phone', address: '+989121234567' },
    arrange,
    delivered: shown,
    retryAfterMs: 1_000,
    attachments: false,
  },
});
