import { describe, expect, it } from '@jest/globals';
import { isPushEndpoint, knownPushHosts } from './push-hosts.js';

describe('the address that a browser wants to be woken by', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://wns2-by3p.notify.windows.com/w/?token=abc',
    'https://web.push.apple.com/abc',
  ])('may be one of the push services that browsers use: %s', (endpoint) => {
    expect(isPushEndpoint(endpoint, knownPushHosts)).toBe(true);
  });

  it.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/abc',
    'https://fcm.googleapis.com.evil.example/abc',
    'https://evilnotify.windows.com/abc',
    'https://user:word@fcm.googleapis.com/abc',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
    'no address',
    '',
  ])('is refused where it is anything else: %s', (endpoint) => {
    expect(isPushEndpoint(endpoint, knownPushHosts)).toBe(false);
  });

  it('may be a service of the organisation’s own, by its whole origin', () => {
    const hosts = ['push.example.org', 'http://127.0.0.1:8090'];
    expect(isPushEndpoint('http://127.0.0.1:8090/one', hosts)).toBe(true);
    expect(isPushEndpoint('https://push.example.org/one', hosts)).toBe(true);
    expect(isPushEndpoint('http://127.0.0.1:8091/one', hosts)).toBe(false);
    expect(isPushEndpoint('http://push.example.org/one', hosts)).toBe(false);
    expect(isPushEndpoint('https://fcm.googleapis.com/one', hosts)).toBe(false);
  });
});
