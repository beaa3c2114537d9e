import { describe, expect, it } from '@jest/globals';
import { checkPassword } from './check-password.js';

const owner = { email: 'sara.karimi@example.org', name: 'نسترن Karimzadeh' };

describe('a password', () => {
  it.each(['a river of stones', 'لاک‌پشت سبز آرام', '🐢🐢🐢🐢🐢🐢 turtle', 'x7!Kp2$mQz', 'y'.repeat(100) + 'z and w'])(
    'may be %s',
    (password) => {
      expect(() => checkPassword(password, owner)).not.toThrow();
    },
  );

  it.each([
    ['too short', 'seven c', 'password_length'],
    ['too long', 'ab'.repeat(65), 'password_length'],
    ['the address', 'SARA.KARIMI@example.org', 'password_is_email'],
    ['the name before the @', 'Sara.Karimi1400', 'password_is_email'],
    ['the name before the @ among other words', 'my karimi river', 'password_is_email'],
    ['the name of its owner', 'باغ نسترن سبز', 'password_is_name'],
    ['a common one with a tail', 'Password2024!', 'password_common'],
    ['keys in a row', 'qwertyuiop', 'password_common'],
    ['digits in a row', '1234567890', 'password_common'],
    ['one letter', 'aaaaaaaaaaaa', 'password_common'],
    ['a common Persian one', 'doostetdaram', 'password_common'],
  ])('may not be %s', (_what, password, code) => {
    let refusal: unknown;
    try {
      checkPassword(password, owner);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code, field: 'password', status: 422 });
  });
});
