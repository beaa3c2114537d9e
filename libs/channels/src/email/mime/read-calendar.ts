import type { CalendarEvent } from '../../message.js';
import { cleanLine } from './clean-text.js';

const longestCalendar = 500_000;

/** How Outlook calls the zones that mail to Persian inboxes is most likely in; every other name is tried as it is. */
const outlookZones: Record<string, string> = {
  'iran standard time': 'Asia/Tehran',
  'arabian standard time': 'Asia/Dubai',
  'arab standard time': 'Asia/Riyadh',
  'turkey standard time': 'Europe/Istanbul',
  'afghanistan standard time': 'Asia/Kabul',
  'w. europe standard time': 'Europe/Berlin',
  'romance standard time': 'Europe/Paris',
  'gmt standard time': 'Europe/London',
  'eastern standard time': 'America/New_York',
  'central standard time': 'America/Chicago',
  'pacific standard time': 'America/Los_Angeles',
  'india standard time': 'Asia/Kolkata',
};

interface Property {
  value: string;
  parameters: string;
}

/** The first event of an iCalendar text, for a card; null when there is none. */
export function readCalendar(text: string): CalendarEvent | null {
  const lines = text
    .slice(0, longestCalendar)
    .replace(/\r?\n[ \t]/gu, '')
    .split(/\r?\n/u);
  const method = lines.find((line) => /^METHOD:/iu.test(line))?.slice(7) ?? '';
  const event = firstEvent(lines);
  const start = event?.get('DTSTART');
  if (!event || !start) {
    return null;
  }
  return {
    method: cleanLine(method).slice(0, 20).toUpperCase(),
    summary: textOf(event.get('SUMMARY')),
    start: instantOf(start),
    end: event.has('DTEND') ? instantOf(event.get('DTEND') as Property) : null,
    location: textOf(event.get('LOCATION')),
    organizer: textOf(event.get('ORGANIZER')).replace(/^mailto:/iu, ''),
  };
}

/** The properties of the first VEVENT itself; an alarm inside it has a summary of its own. */
function firstEvent(lines: readonly string[]): Map<string, Property> | null {
  const event = new Map<string, Property>();
  const open: string[] = [];
  for (const line of lines) {
    const { key, ...property } = readLine(line);
    if (key === 'BEGIN') {
      open.push(property.value.trim().toUpperCase());
    } else if (key === 'END' && open.pop() === 'VEVENT') {
      return event;
    } else if (open.at(-1) === 'VEVENT' && !event.has(key)) {
      event.set(key, property);
    }
  }
  return event.size > 0 ? event : null;
}

function readLine(line: string): Property & { key: string } {
  const key = /^[A-Z-]{1,40}(?=[;:])/iu.exec(line)?.[0] ?? '';
  const colon = key === '' ? -1 : valueColon(line, key.length);
  return colon === -1
    ? { key: '', parameters: '', value: '' }
    : { key: key.toUpperCase(), parameters: line.slice(key.length, colon), value: line.slice(colon + 1) };
}

/** Where the value of a line begins: at the first colon outside quotes. -1 when there is none. */
function valueColon(line: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '"') {
      isQuoted = !isQuoted;
    } else if (line[at] === ':' && !isQuoted) {
      return at;
    }
  }
  return -1;
}

function textOf(property: Property | undefined): string {
  const plain = (property?.value ?? '').replace(/\\([\\,;nN])/gu, (_, sign: string) => (/n/iu.test(sign) ? ' ' : sign));
  return cleanLine(plain).slice(0, 500);
}

/** `2026-03-21` for a whole day, an instant where the zone is known, else the bare local time. */
function instantOf({ value, parameters }: Property): string {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?/u.exec(value.trim());
  if (!found) {
    return '';
  }
  const [, year, month, day, hour, minute, second, isUtc] = found;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) {
    return date;
  }
  const local = `${date}T${hour}:${minute}:${second}`;
  const asUtc = new Date(`${local}Z`);
  if (Number.isNaN(asUtc.getTime())) {
    return '';
  }
  const zone = /;TZID="?([^";:]{1,60})/iu.exec(parameters)?.[1]?.trim();
  return isUtc ? asUtc.toISOString() : (inZone(asUtc, zone) ?? local);
}

/** The instant at which clocks of a zone show what `shown` would in UTC; null for a zone that nobody knows. */
function inZone(shown: Date, zone: string | undefined): string | null {
  if (zone === undefined) {
    return null;
  }
  try {
    const offset = offsetAt(shown, outlookZones[zone.toLowerCase()] ?? zone);
    const near = new Date(shown.getTime() - offset);
    return new Date(shown.getTime() - offsetAt(near, outlookZones[zone.toLowerCase()] ?? zone)).toISOString();
  } catch {
    return null;
  }
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: Date, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return new Date(`${clock.format(at).replace(' ', 'T')}Z`).getTime() - Math.floor(at.getTime() / 1000) * 1000;
}
