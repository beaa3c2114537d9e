import { invalid } from '../../platform/errors/api-error.js';

export const passwordLength = { min: 10, max: 200 };

/**
 * What people type first when ten characters are asked for, Persian keyboards included. Compared without case, blanks and the
 * digits or marks at the end.
 */
const common = new Set([
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'passwordpassword',
  'qwertyuiop',
  'qwertyuiop[]',
  'qwerty',
  'qwertyqwerty',
  'asdfghjkl',
  'zxcvbnm',
  'qwertyasdf',
  'qwerty123qwerty',
  'iloveyou',
  'iloveyouiloveyou',
  'letmein',
  'letmeinletmein',
  'welcome',
  'welcomeback',
  'administrator',
  'admin',
  'adminadmin',
  'changeme',
  'changemenow',
  'football',
  'baseball',
  'basketball',
  'superman',
  'batman',
  'princess',
  'sunshine',
  'starwars',
  'trustno',
  'dragon',
  'monkey',
  'master',
  'michael',
  'secret',
  'secretpassword',
  'supersecret',
  'computer',
  'internet',
  'abcdefghij',
  'abcdefghijkl',
  'abc',
  'abcd',
  'aaaaaaaaaa',
  'mypassword',
  'testtest',
  'testpassword',
  'default',
  'qazwsxedc',
  'qazwsx',
  'peykpeyk',
  'peykpassword',
  'supportdesk',
  'customersupport',
  'helpdeskhelpdesk',
  'doostetdaram',
  'dostetdaram',
  'mohammad',
  'salamsalam',
  'khodahafez',
  'iranirani',
  'persepolis',
  'esteghlal',
  'tehran',
  'tehrantehran',
  'hosseinhossein',
  'فارسی',
  'دوستت‌دارم',
  'دوستتدارم',
  'سلام',
  'سلامسلام',
]);
const digitRuns = [
  '01234567890123456789',
  '98765432109876543210',
  '12345678910',
  '11223344556677',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv',
  'q1w2e3r4t5y6',
];

/**
 * Refuses passwords that are guessed first; long is good, and nothing else is asked for. `field` is named in the refusal.
 * Throws ApiError.
 */
export function checkPassword(password: string, email: string, field = 'password'): void {
  if (password.length < passwordLength.min || password.length > passwordLength.max) {
    throw invalid(
      field,
      `A password has ${passwordLength.min} to ${passwordLength.max} characters.`,
      'password_length',
    );
  }
  const folded = password.toLowerCase().replace(/\s/g, '');
  const address = email.trim().toLowerCase();
  const local = address.split('@')[0] ?? '';
  if (folded === address || (local.length >= 4 && withoutTail(folded) === withoutTail(local))) {
    throw invalid(field, 'The password must not be the e-mail address.', 'password_is_email');
  }
  if (isCommon(folded)) {
    throw invalid(
      field,
      'This password is among the first that are guessed. Take a few words that do not belong together.',
      'password_common',
    );
  }
}

function isCommon(folded: string): boolean {
  const isOneCharacter = new Set(folded).size <= 2;
  return (
    isOneCharacter ||
    common.has(folded) ||
    common.has(withoutTail(folded)) ||
    digitRuns.some((run) => run.includes(folded) || folded === run)
  );
}

function withoutTail(text: string): string {
  return text.replace(/[\d!@#$%^&*._-]+$/, '');
}
