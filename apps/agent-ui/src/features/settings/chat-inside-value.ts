/** What `config.inside` of a web chat holds, as the hub takes it. */
export type ChatInside = {
  before: {
    isOn: boolean;
    name: Wanted;
    email: Wanted;
    phone: Wanted;
    question: Both;
    consent: Both;
  };
  away: {
    when: 'never' | 'nobody_online' | 'hours' | 'calendar';
    /** Of the organisation's calendars; null where none is chosen. */
    calendarId: string | null;
    hours: { timeZone: string; times: OpenTime[] };
    words: Both;
  };
  showsPage: boolean;
  files: { isOn: boolean; maxMegabytes: number; endings: string[] };
};

export type Wanted = 'off' | 'optional' | 'required';

/** A text per language; empty where there is none. */
export interface Both {
  en: string;
  fa: string;
}

/** ISO day of the week (Monday is 1) and times of that day such as 09:30. */
export interface OpenTime {
  day: number;
  from: string;
  to: string;
}

/** As it comes from a channel: whole, in part, or not there at all in one that was saved before. */
export type ChatInsideValue =
  | {
      [Part in keyof ChatInside]?:
        (ChatInside[Part] extends object ? Partial<ChatInside[Part]> : ChatInside[Part]) | undefined;
    }
  | undefined;

const nothing: Both = { en: '', fa: '' };

/** The stored value with the hub's own defaults where something is missing. `timeZone`: the one to begin with. */
export function wholeInside(value: ChatInsideValue, timeZone: string): ChatInside {
  return {
    before: {
      isOn: false,
      name: 'optional',
      email: 'optional',
      phone: 'off',
      question: nothing,
      consent: nothing,
      ...value?.before,
    },
    away: { when: 'nobody_online', calendarId: null, hours: { timeZone, times: [] }, words: nothing, ...value?.away },
    showsPage: value?.showsPage ?? true,
    files: { isOn: true, maxMegabytes: 25, endings: [], ...value?.files },
  };
}

/** The working days of a usual week, to begin with: Saturday to Wednesday in Iran, Monday to Friday elsewhere. */
export function usualTimes(timeZone: string): OpenTime[] {
  const days = timeZone === 'Asia/Tehran' ? [6, 7, 1, 2, 3] : [1, 2, 3, 4, 5];
  return days.map((day) => ({ day, from: '09:00', to: '17:00' }));
}

/** Endings as people write them: divided by commas or spaces, with or without the dot. */
export function readEndings(written: string): string[] {
  const endings = written.toLowerCase().split(/[\s,،;]+/u);
  return [...new Set(endings.map((ending) => ending.replace(/^\*?\./, '')))].filter((ending) => ending !== '');
}
