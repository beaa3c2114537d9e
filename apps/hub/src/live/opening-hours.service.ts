import { Injectable } from '@nestjs/common';
import type { WebInside } from '#channels';
import { serviceTime, type ServiceHours, type ServiceTime } from '#tickets';
import { SlaCatalogues } from '../automation/sla/sla-catalogue.service.js';
import { Database } from '../database/database.js';
import { ownClosedWords, type Language } from '../waiting/notice-words.js';
import { WaitingQueues } from '../waiting/waiting-queues.service.js';
import { Remembered } from './remembered.js';
import { inLanguage } from './visitor-form.js';

type Away = WebInside['away'];

/** How long a calendar that was changed may still be read as it was. */
const freshMs = 60_000;

/**
 * When a chat is open by the clock. A queue that keeps hours gives out nothing outside of them, so they are what its chats go by; a chat's
 * own hours, or a calendar that it names, count where its queue keeps none.
 */
@Injectable()
export class OpeningHours {
  private readonly times = new Remembered<ServiceTime | null>(freshMs);

  constructor(
    private readonly database: Database,
    private readonly catalogues: SlaCatalogues,
    private readonly queues: WaitingQueues,
  ) {}

  /** `queueId`: where work of the chat waits. Null where no clock decides, or where its calendar is gone. */
  async of(away: Away, queueId: string | null): Promise<ServiceTime | null> {
    const ofQueue = queueId === null ? null : await this.queues.timeOf(queueId);
    return ofQueue ?? this.ofChat(away);
  }

  /**
   * What a chat says while nobody is there: its own words, else those of its queue. Where they name the opening themselves, it is not
   * told beside them.
   */
  async tell(
    { words }: Away,
    queueId: string | null,
    { locale, opensAt }: { locale: Language; opensAt: number | null },
  ): Promise<{ awayWords: string; opensAt: number | null }> {
    const own = inLanguage(words, locale);
    const queue = own !== '' || queueId === null ? null : await this.queues.find(queueId);
    const told = queue && ownClosedWords(queue.terms.texts.closed, locale, { opensAt, timeZone: queue.timeZone });
    return told ? { awayWords: told.text, opensAt: told.tellsOpening ? null : opensAt } : { awayWords: own, opensAt };
  }

  private ofChat({ when, hours, calendarId }: Away): Promise<ServiceTime | null> {
    switch (when) {
      case 'hours':
        return this.times.get(JSON.stringify(hours), () => Promise.resolve(serviceTime(weekly(hours))));
      case 'calendar':
        return calendarId === null
          ? Promise.resolve(null)
          : this.times.get(calendarId, () => this.ofCalendar(calendarId));
      case 'never':
      case 'nobody_online':
        return Promise.resolve(null);
    }
  }

  private async ofCalendar(id: string): Promise<ServiceTime | null> {
    const hours = await this.catalogues.hoursOf(this.database, id);
    return hours && serviceTime(hours);
  }
}

/** A channel's own weekly hours in the form of a calendar's. */
export function weekly({ timeZone, times }: Away['hours']): ServiceHours {
  const windows = times.map(({ day, from, to }) => ({
    weekday: day,
    from: minutesOf(from),
    to: minutesOf(to),
    since: null,
    until: null,
  }));
  return { timeZone, windows, exceptions: [] };
}

/** Minutes after midnight of a time such as 09:30. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
