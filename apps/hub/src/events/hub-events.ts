import type { CallContent, SiteUser } from '#channels';

/** Everything that one room of the hub tells the others, by name. Names are past tense; payloads carry ids, not rows. */
export interface HubEvents {
  /** An agent's role, queues, sessions or keys changed, or the account was disabled: whatever is open must be checked again. */
  'rights.changed': { agentId: string };
  /** Somebody changed their own account: language, phone, preferences. */
  'account.changed': { agentId: string };
  /** Queues, skills or accounts were set up differently: whoever shows lists of them reads those anew. */
  'team.changed': Record<string, never>;
  /** Saved views came, went or changed. */
  'views.changed': Record<string, never>;
  /** Work waits in a queue: the router may match it. */
  'work.queued': { queueId: string };
  /** A message waits to be written, or may be written sooner. */
  'message.held': Record<string, never>;
  /** An act on many tickets was asked for, or is to be taken back. */
  'bulk.asked': Record<string, never>;
  /** Somebody is to be forgotten, or handed out as a file. */
  'erasure.asked': Record<string, never>;
  /** An agent may take work: came online, or ended some. */
  'agent.available': { agentId: string };
  /** An agent's last console is gone. */
  'agent.lost': { agentId: string };
  /** What an agent holds or is asked for changed. */
  'load.moved': { agentId: string };
  /** Nobody took waiting work in time, and its queue did something about it. */
  'work.stepped': { ticketId: string; queueId: string; do: string };
  /** Work behind which somebody waits on the line was offered, or its offer ended: the line may have something else to do. */
  'voice.moved': { ticketId: string };
  /** A line that holds is to ask at once what it does next. */
  'line.nudge': { channelId: string; callId: string };
  /** A message waits to leave. */
  'delivery.queued': { channelId: string };
  /** A channel was made, changed or removed: what is held of it in memory is read again. */
  'channel.changed': { channelId: string };
  /** An address wrote for the first time: somebody may have claimed it before. */
  'address.met': { kind: string; address: string };
  /** What is known of an address changed, or of what its owner says: whether it is reached, how far it is believed, what they claim. */
  'address.changed': { kind: string; address: string };
  /** A visitor wrote from a browser. `device` stays the same where one browser becomes somebody else. */
  'device.seen': { visitorId: string; device: string };
  /** A visitor is a site's user from here on: anonymous tokens of theirs are nobody's. */
  'visitor.taken': { visitorId: string };
  /** A site vouches for who a visitor is. `former`: the visitor that their browser was before, where that is another one. */
  'visitor.identified': { visitorId: string; former: string | null; user: SiteUser };
  /** An agent writes an answer to somebody, by their root's conversation. Told again while they go on. */
  'agent.typing': { conversation: string };
  /** A reader took marks of theirs back. */
  'conversation.unread': { agentId: string };
  /** Somebody of us has read a conversation row up to this seq. */
  'conversation.read': { agentId: string; conversation: string; seq: number };
  /** Somebody asked to be called back, or does not want it any more. */
  'callback.changed': { conversation: string };
  /** A round of outreach began: what people write from now on may answer it. */
  'outreach.begun': Record<string, never>;
  /** Something happened that a bot is to answer, or to do. */
  'bot.asked': Record<string, never>;
  /** Somebody was asked for words behind their score: for so long what they say next may be those. */
  'survey.comment_awaited': { minutes: number };
  /**
   * A call's message began or grew, by whichever source told of it. `isPast`: it came out of records, long after the call was over, so it is
   * nobody's work and no news.
   */
  'call.grown': {
    conversationId: string;
    seq: number;
    channelId: string;
    callId: string;
    call: CallContent;
    isPast: boolean;
  };
  /** The phone of one of us rings with a call that their exchange reports: Peyk put nobody through. Told once for each phone. */
  'call.ringing': { agentId: string; conversationId: string; channelId: string; callId: string };
}

export type HubEventName = keyof HubEvents;
