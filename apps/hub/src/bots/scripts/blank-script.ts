import { stringify } from 'yaml';

/** A script to begin with, that could be published as it is: it greets and brings the customer to a person. */
export function blankScript(key: string, name: string): string {
  const title = name.slice(0, 80);
  return stringify(
    {
      format: 'hub-script/1',
      id: key,
      title: { en: title, fa: title },
      locales: ['en', 'fa'],
      default_locale: 'fa',
      channels: ['web', 'telegram', 'sms', 'email'],
      start: { default: 'hello' },
      fallback: 'to_person',
      nodes: {
        hello: {
          do: 'say',
          message: {
            text: {
              en: 'Hello! One of us will be with you in a moment.',
              fa: 'سلام! همکار ما تا لحظاتی دیگر پاسخ‌گوی شماست.',
            },
          },
          next: 'to_person',
        },
        to_person: { do: 'handoff', onUnavailable: 'write_down' },
        write_down: { do: 'ticket', act: 'create', subject: 'Nobody was there', next: 'away', onError: 'away' },
        away: {
          do: 'end',
          message: {
            text: {
              en: 'Nobody is free right now. We have your message and will answer as soon as we can.',
              fa: 'در حال حاضر همکاری در دسترس نیست. پیام شما را داریم و در اولین فرصت پاسخ می‌دهیم.',
            },
          },
          outcome: 'unresolved',
        },
      },
    },
    { lineWidth: 120 },
  );
}
