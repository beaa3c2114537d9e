/** For whom a text is written: the language, and the zone in which its days and hours are told. */
export interface Reader {
  locale: 'en' | 'fa';
  timeZone: string;
}
