import { type ChannelAccount, ChannelError, type CheckStep } from '../../channel-adapter.js';
import { takeStep } from '../../sms/take-step.js';
import type { AsteriskSettings } from '../phone-settings.js';
import { withLink } from './order-exchange.js';
import type { AmiMeans } from './sign-in.js';

/** Actions that need rights of their own, and what is missing without each. */
const needed: [action: string, right: string, use: string][] = [
  ['CoreShowChannels', 'system', 'take up calls again after a break'],
  ['Originate', 'originate', 'call customers from the console'],
  ['MixMonitorMute', 'system', 'pause recordings'],
  ['Hangup', 'system', 'hand calls over'],
];

/** Tries the manager interface, and tells how the exchange hands callers to Peyk. */
export async function checkExchange(
  { id, settings }: ChannelAccount<AsteriskSettings>,
  means: AmiMeans,
  onStep: (step: CheckStep) => void,
): Promise<void> {
  if (settings.manager) {
    await takeStep('ami.sign_in', onStep, () =>
      withLink(settings, means, (_link, greeting) => Promise.resolve(versionOf(greeting))),
    );
    await takeStep('ami.rights', onStep, () =>
      withLink(settings, means, async (link) => rightsOf(await link.ask('ListCommands', {}, means.times.answerMs))),
    );
  } else {
    onStep(told('ami.sign_in', noManager));
  }
  onStep(told('agi.address', settings.token === undefined ? noToken : dialplanFor(id, settings)));
}

const noManager = 'The manager interface is not set up: calls are not followed, and none can be made from the console.';
const noToken = 'There is no token, so the exchange cannot hand callers to Peyk by FastAGI.';

/** Version 1 of the interface (Asterisk 11 and older) does not say which channels belong to one call. */
function versionOf(greeting: string): string {
  const [, major = '0'] = /\/(\d+)\./u.exec(greeting) ?? [];
  if (Number(major) < 2) {
    throw new ChannelError(
      'too_old',
      `“${greeting.slice(0, 80)}” is too old: calls can be followed from Asterisk 12 on.`,
      {
        retry: 'after-reconnect',
      },
    );
  }
  return `Signed in: ${greeting.slice(0, 80)}.`;
}

function rightsOf(commands: Readonly<Record<string, string>>): string {
  const missing = needed.filter(([action]) => !(action.toLowerCase() in commands));
  if (missing.length > 0) {
    const each = missing.map(([action, right, use]) => `${action} (write = ${right}) to ${use}`);
    throw new ChannelError('forbidden', `The user may not use: ${each.join('; ')}.`, { retry: 'after-reconnect' });
  }
  return 'The user may do all that is needed.';
}

/** The lines for extensions_custom.conf. The token is not shown again, so it stands as a word to be replaced. */
export function dialplanFor(channelId: string, { dial }: AsteriskSettings): string {
  const handOver = [
    `AGI(agi://HUB:4573/${channelId}/TOKEN)`,
    // The hub cannot be reached at all: whatever the exchange would do without it.
    'GotoIf($["${AGISTATUS}"="FAILURE"]?ext-queues,600,1)',
    'Hangup()',
  ];
  const lines = ['[peyk]', ...['s', '_[+0-9].'].flatMap((exten) => steps(exten, handOver))];
  const answered = [
    `[${dial.answeredContext}]`,
    ...steps('s', [`AGI(agi://HUB:4573/${channelId}/TOKEN/answered)`, 'Return()']),
  ];
  const all = dial.answeredContext === '' ? lines : [...lines, ...answered];
  return `Paste into extensions_custom.conf, with the hub's address (AGI_LISTEN) for HUB, the token for TOKEN, and for 600 the queue that takes over when the hub is down:\n${all.join('\n')}`;
}

function steps(exten: string, applications: string[]): string[] {
  return applications.map((one, index) => (index === 0 ? `exten => ${exten},1,${one}` : ` same => n,${one}`));
}

/** Something to know that is no fault. */
function told(step: string, text: string): CheckStep {
  return { step, state: 'ok', code: 'ok', text, ms: 0 };
}
