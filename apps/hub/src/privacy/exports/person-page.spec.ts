import { describe, expect, it } from '@jest/globals';
import type { PersonFile } from './person-file.js';
import { renderPersonPage } from './person-page.js';

const file: PersonFile = {
  madeAt: '2026-03-21T08:30:00.000Z',
  people: [{ id: '1', name: '<b>Mina</b>', locale: 'fa', fields: {}, createdAt: '2026-03-21T08:30:00.000Z' }],
  addresses: [{ kind: 'email', address: 'mina@example.org', since: '2026-03-21T08:30:00.000Z', retiredAt: null }],
  claims: [],
  consents: [],
  purchases: [],
  tickets: [],
  surveys: [],
  messages: [
    {
      at: '2026-03-21T08:30:00.000Z',
      author: 'customer',
      kind: 'text',
      channel: 'Shop',
      subject: null,
      body: '<img src=x onerror=alert(1)>',
      call: null,
      files: ['files/1 "a".png'],
    },
  ],
};

describe('The page that a person is handed', () => {
  it('holds what they wrote as text and never as markup', () => {
    const page = renderPersonPage(file, 'en');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<b>Mina');
    expect(page).toContain('&#60;img src=x');
    expect(page).toContain("default-src 'none'");
  });

  it('reads from the right in Persian, by the Persian calendar, with the plain instant beside it', () => {
    const page = renderPersonPage(file, 'fa');
    expect(page).toContain('dir="rtl"');
    expect(page).toMatch(/۱ فروردین ۱۴۰۵/u);
    expect(page).toContain('2026-03-21T08:30:00.000Z');
  });
});
