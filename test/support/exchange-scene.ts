import type { BotState, Scenario } from '#bots';
import type { CallContent, LineStep } from '#channels';
import type { ChannelView } from '#contract';
import { AgiReceiver } from '../../apps/hub/src/calls/asterisk/agi-receiver.service.js';
import { startManager, type ManagerStandIn } from '../../tools/stand-ins/asterisk-manager.js';
import { startCaller, type Caller as Phone, type CallerOptions } from '../../tools/stand-ins/asterisk.js';
import { signedIn, type Caller } from './build-rows.js';
import { RoutingScene } from './routing-scene.js';
import { startTestHub, type TestHub } from './start-hub.js';
import { until } from './until.js';

const token = 'a-token-for-the-exchange';

/** A caller of the exchange, with the id of their call. */
export type ExchangePhone = Phone & { id: string };

export interface SeenLine {
  id: string;
  turn: number;
  phase: string;
  endedAt: Date | null;
  agentId: string | null;
  state: BotState | null;
  reply: { steps: LineStep[] } | null;
}

/** A hub that exchanges hand callers to, and one exchange whose manager interface it follows. Its part is a stand-in's. */
export class ExchangeScene {
  private callers = 0;

  private constructor(
    readonly hub: TestHub,
    readonly people: RoutingScene,
    readonly manager: ManagerStandIn,
    readonly rootId: string,
    readonly admin: Caller,
  ) {}

  static async start(): Promise<ExchangeScene> {
    const hub = await startTestHub({ env: { AGI_LISTEN: '0', OUTBOUND_ALLOW: '127.0.0.0/8' } });
    const [root] = await hub.database.query<{ id: string }>('select id from agent');
    const rootId = root?.id ?? '';
    const manager = await startManager();
    return new ExchangeScene(hub, new RoutingScene(hub.database), manager, rootId, await signedIn(hub, rootId));
  }

  async close(): Promise<void> {
    await this.hub.stop();
    await this.manager.close();
  }

  async add(name: string, queueId: string, config: object = {}): Promise<string> {
    const made = await this.admin.call<ChannelView>('/api/channels', {
      body: {
        kind: 'phone',
        name,
        queueId,
        config: { driver: 'asterisk', ...config },
        secrets: { token, managerSecret: 'secret' },
      },
    });
    if (made.status !== 201) {
      throw new Error(made.text);
    }
    return made.body.id;
  }

  /** A channel whose calls are followed too. */
  addFollowed(queueId: string): Promise<string> {
    return this.add('exchange', queueId, {
      manager: { host: '127.0.0.1', port: this.manager.port, username: 'peyk' },
    });
  }

  async call(channelId: string, more: Partial<CallerOptions> = {}): Promise<ExchangePhone> {
    this.callers += 1;
    const uniqueId = `1770000000.${String(this.callers)}`;
    const phone = await startCaller({
      port: this.hub.app.get(AgiReceiver).port ?? 0,
      channelId,
      token,
      from: `0912777${String(1000 + this.callers)}`,
      to: '02144556677',
      uniqueId,
      speed: 50,
      ...more,
    });
    return { ...phone, id: more.linkedId ?? uniqueId };
  }

  async lineOf(callId: string): Promise<SeenLine | undefined> {
    const [row] = await this.hub.database.query<SeenLine & Record<string, unknown>>(
      `select p.id, p.turn, p.phase, p.ended_at as "endedAt", p.agent_id as "agentId", s.state,
              (select t.reply from phone_call_turn t where t.phone_call_id = p.id order by t.turn desc limit 1) as reply
       from phone_call p left join bot_session s on s.id = p.session_id where p.call_id = $1`,
      [callId],
    );
    return row;
  }

  /** The line once it fits. */
  lineBecomes(callId: string, fits: (line: SeenLine) => boolean): Promise<SeenLine | undefined> {
    return until(
      () => this.lineOf(callId),
      (line) => line !== undefined && fits(line),
    );
  }

  async messageOf(callId: string): Promise<{ conversationId: string; call: CallContent } | undefined> {
    const [row] = await this.hub.database.query<{ conversationId: string; call: CallContent }>(
      `select conversation_id as "conversationId", content -> 'call' as call from message where external_id = 'call ' || $1`,
      [callId],
    );
    return row;
  }

  callBecomes(
    callId: string,
    fits: (call: CallContent) => boolean,
  ): Promise<{ conversationId: string; call: CallContent } | undefined> {
    return until(
      () => this.messageOf(callId),
      (message) => message !== undefined && fits(message.call),
    );
  }

  /** The line once it asks for keys anew. */
  asks(phone: ExchangePhone, after: number): Promise<SeenLine | undefined> {
    return this.lineBecomes(
      phone.id,
      ({ turn, reply }) => turn > after && phone.isWaiting() && 'gather' in (reply?.steps.at(-1) ?? {}),
    );
  }
}

/** Presses what an input of a scenario means. */
export function pressInput(phone: Phone, input: Scenario['inputs'][number], line: SeenLine | undefined): void {
  const stop = line?.reply?.steps.at(-1);
  const gather = stop && 'gather' in stop ? stop.gather : null;
  const finish = gather?.numDigits === null ? (gather.finishOnKey ?? '') : '';
  phone.press(keysOf(input, line) + finish);
}

function keysOf(input: Scenario['inputs'][number], line: SeenLine | undefined): string {
  if ('type' in input) {
    return input.type.replace(/[۰-۹]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
  }
  const options = line?.state?.asked?.options ?? [];
  const at = options.findIndex(({ id }) => 'press' in input && id === input.press);
  return options[at]?.dtmf ?? String(at + 1);
}
