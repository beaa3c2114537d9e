import { Injectable } from '@nestjs/common';
import type { WebInside } from '#channels';
import { serviceTime, type ServiceHours, type ServiceTime } from '#tickets';
import { SlaCatalogues } from '../automation/sla/sla-catalogue.service.js';
import { Database } from '../database/database.js';
import { Remembered } from './remembered.js';

type Away = WebInside['away'];

/** How long a calendar that was changed may still be read as it was. */
const freshMs = 60_000;

/** When a chat is open by the clock: hours of its own, or those of a calendar of the organisation. */
@Injectable()
export class OpeningHours {
  private readonly times = new Remembered<ServiceTime | null>(freshMs);

  constructor(
    private readonly database: Database,
    private readonly catalogues: SlaCatalogues,
  ) {}

  /** Null where no clock decides, or where its calendar is gone. */
  of({ when, hours, calendarId }: Away): Promise<ServiceTime | null> {
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
