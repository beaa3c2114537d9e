import { describe, expect, it } from '@jest/globals';
import { webInside, whyNotFile } from './web-inside.js';

describe('the hours of a web chat', () => {
  it('are refused where they end before they begin, or where the zone is none', () => {
    const times = [{ day: 1, from: '17:00', to: '08:00' }];
    expect(webInside.safeParse({ away: { hours: { times } } }).success).toBe(false);
    expect(webInside.safeParse({ away: { hours: { timeZone: 'Mars/Base' } } }).success).toBe(false);
    expect(webInside.safeParse({ away: { hours: { times: [{ day: 8, from: '01:00', to: '02:00' }] } } }).success).toBe(
      false,
    );
  });

  it('come with nothing asked and the people at their consoles where nothing is set', () => {
    expect(webInside.parse({})).toMatchObject({ before: { isOn: false }, away: { when: 'nobody_online' } });
  });
});

describe('a file of a visitor', () => {
  it('may be anything but a program, whatever its name pretends', () => {
    const { endings } = webInside.parse({}).files;
    expect(whyNotFile('رسید.pdf', endings)).toBeNull();
    expect(whyNotFile('no ending', endings)).toBeNull();
    expect(whyNotFile('invoice.pdf.EXE', endings)).toBe('program');
    expect(whyNotFile('photo.jpg.js ', endings)).toBe('program');
  });

  it('is of the kinds that the channel names, where it names some', () => {
    const { endings } = webInside.parse({ files: { endings: ['.PDF', 'jpg', 'exe'] } }).files;
    expect(whyNotFile('a.Pdf', endings)).toBeNull();
    expect(whyNotFile('a.docx', endings)).toBe('type');
    expect(whyNotFile('a.exe', endings)).toBe('program');
  });
});
