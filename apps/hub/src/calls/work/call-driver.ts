import type { AgentEndpoint } from '#channels';
import type { OpenChannel } from '../../settings/channel-directory.service.js';

/** A call that an agent wants to make. */
export interface WantedCall {
  /** Rung first: the customer is called once somebody of ours is there. */
  agent: AgentEndpoint;
  /** The customer's number in E.164. */
  to: string;
  /** The number that the customer sees; null: the channel's own. */
  callerId: string | null;
  /** The same for the same wish: a provider that knows such keys calls once. */
  key: string;
}

/** What a provider can do beside answering lines. What one cannot do, its driver leaves out. */
export interface CallDriver {
  /** False: it says only at the end of a talk that there was one, so that a ringing that goes on may be a talk. */
  tellsAnswers?: false;
  /**
   * Makes a waiting line ask at once, also one that rings somebody. Best effort: a stretch of music ends by itself. Whoever has it follows
   * the bus event `line.nudge`; its presence says that long stretches do no harm.
   */
  nudge?(channel: OpenChannel, callId: string): Promise<void>;
  /** Rings `agent`, then joins `to`. Resolves with the provider's id of the call; later events name it. Throws a ChannelError. */
  originate?(channel: OpenChannel, call: WantedCall): Promise<string>;
  /** Pauses recording, or goes on with it. */
  record?(channel: OpenChannel, callId: string, act: 'pause' | 'resume'): Promise<void>;
  /**
   * Takes a caller out of the talk that they are in, so that their line asks what comes next: by `turn`, or as after a talk that is over. Told
   * again it does no harm while the line has not asked yet. Throws a ChannelError; one that is not `soon` says that they still talk.
   */
  transfer?(channel: OpenChannel, call: { callId: string; turn: number }): Promise<void>;
  /** Deletes a recording that is not to be kept. */
  forget?(channel: OpenChannel, recordingId: string): Promise<void>;
}
