/** A text that customers read, in both languages; '' stands for the hub's own words. */
export interface TwoTexts {
  en: string;
  fa: string;
}

/** Whether waiting customers are told their place: not at all, once, or again whenever it has moved. */
export type TellingMode = 'off' | 'first' | 'moves';

/** By which ways somebody can keep their place without waiting at the screen. `same`: in writing, where they asked. */
export type CallbackWay = 'call' | 'sms' | 'same';

/** What a queue says to those who wait in it. Web chats show the place by themselves, whatever is set here. */
export interface WaitingTerms {
  tell: { telegram: TellingMode; sms: TellingMode; email: TellingMode };
  callback: {
    isOn: boolean;
    /** Offered when the wait is longer than this; null: only when a step of the queue says so. */
    afterMinutes: number | null;
    ways: CallbackWay[];
  };
  /** Whether those who write outside the queue's hours are told when it opens again. */
  tellClosed: boolean;
  /** Whether those whose call nobody answered are told by SMS that it was seen. An empty text: the hub's own words. */
  missedCalls: { isOn: boolean; text: TwoTexts };
  texts: { queued: TwoTexts; closed: TwoTexts };
}

/** A queue that nobody has set up says nothing by itself, but to those who find it closed. */
export const silentTerms: WaitingTerms = {
  tell: { telegram: 'off', sms: 'off', email: 'off' },
  callback: { isOn: false, afterMinutes: 5, ways: ['call', 'sms', 'same'] },
  tellClosed: true,
  missedCalls: { isOn: false, text: { en: '', fa: '' } },
  texts: { queued: { en: '', fa: '' }, closed: { en: '', fa: '' } },
};

/** The terms as they are stored, whole: what is not there is as `silentTerms` has it. */
export function readWaitingTerms(stored: Partial<WaitingTerms>): WaitingTerms {
  return {
    tell: { ...silentTerms.tell, ...stored.tell },
    callback: { ...silentTerms.callback, ...stored.callback },
    tellClosed: stored.tellClosed ?? silentTerms.tellClosed,
    missedCalls: {
      isOn: stored.missedCalls?.isOn ?? silentTerms.missedCalls.isOn,
      text: { ...silentTerms.missedCalls.text, ...stored.missedCalls?.text },
    },
    texts: {
      queued: { ...silentTerms.texts.queued, ...stored.texts?.queued },
      closed: { ...silentTerms.texts.closed, ...stored.texts?.closed },
    },
  };
}
