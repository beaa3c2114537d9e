/** What customers are asked once their matter is solved, and what they answered. Instants are ISO 8601 strings in UTC; ids are UUIDs. */

/** `csat`: how satisfied, 1 to 5 · `nps`: how likely to recommend us, 0 to 10 · `ces`: how easy it was, 1 to 7. */
export type SurveyKind = 'csat' | 'nps' | 'ces';

/** A text in both languages; where one is empty, its readers get the other. */
export interface SurveyTexts {
  en: string;
  fa: string;
}

export interface SurveyView {
  id: string;
  name: string;
  kind: SurveyKind;
  enabled: boolean;
  /** Of those that are meant for a queue, the one with the lowest asks. */
  position: number;
  /** The queues whose tickets it asks about; none means every queue. */
  queueIds: string[];
  /** It asks about tickets with one of these tags; none means all. */
  tags: string[];
  /** It asks about tickets with one of these values in this custom field; null: all. */
  fieldKey: string | null;
  fieldValues: string[];
  /** `solved`: by itself, once a ticket is solved · `command`: only when a rule, a macro or an agent says so. */
  askOn: 'solved' | 'command' | 'call';
  /** How long after a ticket was solved; 0 is at once. One that is taken up again before is not asked about. */
  delayMinutes: number;
  /** A customer who was asked anything within so many days is not asked. 0: they always are. */
  coolDownDays: number;
  /** How long an answer counts. */
  expiryHours: number;
  /** The highest score that somebody has to look after; null: none. */
  lowScore: number | null;
  /** Where a ticket is opened to look after a low score; null: nowhere. */
  followUpQueueId: string | null;
  /** Empty texts: the hub has words of its own for each kind. */
  question: SurveyTexts;
  /** Asks for words behind the score; empty in both languages: nobody is asked. */
  commentPrompt: SurveyTexts;
  /** Said once somebody has answered; empty in both languages: nothing. */
  thanks: SurveyTexts;
  /** Whether anybody was asked already: then it can be switched off, not removed. */
  isUsed: boolean;
}

/** A question about a ticket and what came of it, as agents see it on the ticket. */
export interface TicketSurveyView {
  id: string;
  surveyId: string;
  surveyName: string;
  kind: SurveyKind;
  /**
   * `due`: to be asked at `dueAt` · `asked` · `answered` · `expired`: nobody answered in time · `skipped`: not asked, `why` says so ·
   * `cancelled`: the ticket was taken up again before.
   */
  state: 'due' | 'asked' | 'answered' | 'expired' | 'skipped' | 'cancelled';
  why: '' | 'cool_down' | 'no_way' | 'off' | 'opted_out' | 'reopened';
  dueAt: string | null;
  askedAt: string | null;
  answeredAt: string | null;
  score: number | null;
  isLow: boolean;
  comment: string;
  /** The ticket that it is about; another one where this ticket looks after its low score. */
  ticket: { id: string; number: number; prefix: string };
  /** The ticket that looks after a low score. */
  followUp: { id: string; number: number; prefix: string } | null;
}

/** What the answers of a time come to, as a whole or of one queue or agent. */
export interface SurveySummaryPart {
  /** The queue's or agent's id; null for the whole, and for tickets that were nobody's. */
  id: string | null;
  name: string;
  asked: number;
  answered: number;
  /** Null while nobody answered. */
  mean: number | null;
  /** `csat`: per cent of 4 and 5 · `nps`: per cent of 9 and 10 less per cent of 0 to 6 · `ces`: per cent of 5 to 7. */
  headline: number | null;
  distribution: { score: number; count: number }[];
}

/** The answers to all surveys of a kind that were asked within a time. */
export interface SurveySummaryView {
  kind: SurveyKind;
  from: string;
  to: string;
  whole: SurveySummaryPart;
  /** By queue or by agent, those with the most answers first. */
  parts: SurveySummaryPart[];
}

/** One answer, for supervisors who read what customers say. */
export interface SurveyAnswerView {
  id: string;
  surveyName: string;
  kind: SurveyKind;
  score: number;
  isLow: boolean;
  comment: string;
  answeredAt: string;
  ticket: { id: string; number: number; prefix: string };
  /** Names the person, as everywhere in the API. */
  conversation: string;
  customerName: string;
  agentName: string;
}
