import { invalid } from '../../platform/errors/api-error.js';

/** Eight is the least that standards allow; the console suggests twelve and more. */
export const passwordLength = { min: 8, max: 128 };

/** Whose password it is to be: neither their address nor their name may be what it is made of. */
export interface PasswordOwner {
  email: string;
  name?: string;
}

/**
 * What people type first when eight characters are asked for, Persian keyboards included. Compared without case, blanks and the
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
  'abcdefgh',
  'abcdefghi',
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
  'perspolis',
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
export function checkPassword(password: string, owner: PasswordOwner, field = 'password'): void {
  if (password.length < passwordLength.min || password.length > passwordLength.max) {
    throw invalid(
      field,
      `A password has ${passwordLength.min} to ${passwordLength.max} characters.`,
      'password_length',
    );
  }
  const folded = password.toLowerCase().replace(/\s/g, '');
  if (isCommon(folded)) {
    throw invalid(
      field,
      'This password is among the first that are guessed. Take a few words that do not belong together.',
      'password_common',
    );
  }
  if (holds(folded, addressParts(owner.email))) {
    throw invalid(field, 'The password must not hold the e-mail address.', 'password_is_email');
  }
  if (holds(folded, nameParts(owner.name ?? ''))) {
    throw invalid(field, 'The password must not hold the name of its owner.', 'password_is_name');
  }
}

/** A short name is part of many words; from four letters on it is what people try. */
const tellingLength = 4;

function holds(folded: string, parts: string[]): boolean {
  return parts.some((part) => part.length >= tellingLength && folded.includes(part));
}

function addressParts(email: string): string[] {
  const address = email.trim().toLowerCase();
  const local = address.split('@')[0] ?? '';
  return [address, withoutTail(local), ...local.split(/[._+-]/).map(withoutTail)];
}

function nameParts(name: string): string[] {
  const folded = name.trim().toLowerCase();
  return [folded.replace(/\s/g, ''), ...folded.split(/\s+/)];
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
