import { z } from 'zod';
import { cdrColumns, cdrPresets, type CdrColumn, type CdrPreset } from './cdr-columns.js';

export const cdrEncodings = ['utf-8', 'utf-16le', 'windows-1256', 'windows-1252'] as const;
export type CdrEncoding = (typeof cdrEncodings)[number];
export const cdrDelimiters = [',', ';', '\t', '|'] as const;

/** How a file of call records is read. */
export interface CdrTerms {
  preset: CdrPreset;
  encoding: CdrEncoding;
  delimiter: (typeof cdrDelimiters)[number];
  hasHeader: boolean;
  /** What each column is, in the order of the file; '' is left out. Records in JSON name theirs themselves. */
  columns: (CdrColumn | '')[];
  /** The zone of instants without an offset: exchanges write the time of their own wall. */
  timeZone: string;
  /** Which calendar days are written in; `auto` tells by the year. */
  calendar: 'auto' | 'gregorian' | 'jalali';
  /** The country whose national numbers the exchange writes. */
  defaultCountry: string;
  /** Contexts of the dialplan that calls come in by, and go out by; a star at the end stands for any ending. */
  inContexts: string[];
  outContexts: string[];
}

export const defaultInContexts = [
  'from-trunk*',
  'from-pstn*',
  'from-did*',
  'from-zaptel*',
  'from-dahdi*',
  'ext-did*',
  'incoming*',
];
export const defaultOutContexts = ['outbound*', 'macro-dialout*', 'outrt*'];

/** A record of an exchange: its columns as text, '' where there is nothing, and where it stands in its file. */
export type CdrRecord = Record<CdrColumn, string> & { line: number; raw: string };

/** Why a line is no record of a call. */
export type CdrFaultCode = 'truncated' | 'not_json' | 'no_start' | 'not_a_time' | 'no_numbers' | 'too_long';

export interface CdrFault {
  line: number;
  code: CdrFaultCode;
  /** What stands there, at most 200 characters. */
  value: string;
}

const context = z.string().regex(/^[\w-]{1,80}\*?$/);

/** What somebody says of how a file is to be read. */
export const cdrTerms = z.object({
  preset: z.enum(cdrPresets),
  encoding: z.enum(cdrEncodings),
  delimiter: z.enum(cdrDelimiters),
  hasHeader: z.boolean(),
  columns: z.array(z.union([z.enum(cdrColumns), z.literal('')])).max(200),
  timeZone: z.string().refine((zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)),
  calendar: z.enum(['auto', 'gregorian', 'jalali']),
  defaultCountry: z.string().regex(/^[A-Z]{2}$/),
  inContexts: z.array(context).max(50),
  outContexts: z.array(context).max(50),
});

/** What a file lacks to be one of calls, as it would be read. */
export function problemsOfTerms({ preset, columns }: CdrTerms): ('no_time' | 'no_numbers')[] {
  if (preset === 'json') {
    return [];
  }
  const lacksNumbers =
    !['src', 'cnum', 'clid'].some((name) => columns.includes(name as CdrColumn)) || !columns.includes('dst');
  return [...(columns.includes('start') ? [] : ['no_time' as const]), ...(lacksNumbers ? ['no_numbers' as const] : [])];
}
