import { describe, expect, it } from '@jest/globals';
import { providerOf, withAddress, withPreset } from './mail-presets.js';

describe('a mailbox of a large provider', () => {
  it('gets its servers from one choice, and is known by them again', () => {
    const values = withPreset({ address: 'help@shop.example', 'smtp.host': '' }, 'gmail');
    expect(values).toMatchObject({
      'smtp.host': 'smtp.gmail.com',
      'smtp.port': '465',
      'smtp.secure': true,
      'smtp.user': 'help@shop.example',
      'imap.host': 'imap.gmail.com',
      'oauth.provider': '',
    });
    expect(providerOf(values)).toBe('gmail');
  });

  it('signs in with Microsoft by permission, because a password is not taken there', () => {
    expect(withPreset({}, 'microsoft')['oauth.provider']).toBe('microsoft');
  });

  it('signs in by its address, whichever of the two was written first', () => {
    const later = withAddress(withPreset({ address: '' }, 'yahoo'), 'help@shop.example');
    expect(later['smtp.user']).toBe('help@shop.example');
    expect(withAddress({ ...later, 'smtp.user': 'robot' }, 'other@shop.example')['smtp.user']).toBe('robot');
  });

  it('loses the servers of the provider when it becomes one of its own, and keeps what was typed by hand', () => {
    expect(withPreset(withPreset({}, 'gmail'), 'own')).toMatchObject({ 'smtp.host': '', 'imap.host': '' });
    expect(withPreset({ 'smtp.host': 'mail.shop.example' }, 'own')['smtp.host']).toBe('mail.shop.example');
  });
});
