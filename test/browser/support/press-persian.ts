import type { Page } from 'playwright-core';

/** What each key types on the standard Persian layout, by its place. */
const persian: Record<string, string> = {
  KeyQ: 'ض',
  KeyW: 'ص',
  KeyE: 'ث',
  KeyR: 'ق',
  KeyT: 'ف',
  KeyY: 'غ',
  KeyU: 'ع',
  KeyI: 'ه',
  KeyO: 'خ',
  KeyP: 'ح',
  KeyA: 'ش',
  KeyS: 'س',
  KeyD: 'ی',
  KeyF: 'ب',
  KeyG: 'ل',
  KeyH: 'ا',
  KeyJ: 'ت',
  KeyK: 'ن',
  KeyL: 'م',
  KeyZ: 'ظ',
  KeyX: 'ط',
  KeyC: 'ز',
  KeyV: 'ر',
  KeyB: 'ذ',
  KeyN: 'د',
  KeyM: 'پ',
  Comma: 'و',
  Slash: '/',
  Space: ' ',
  Digit1: '۱',
  Digit2: '۲',
};

/** Bits of the protocol for keys that are held. */
interface Held {
  alt?: boolean;
  ctrl?: boolean;
  shift?: boolean;
}

function bitsOf({ alt, ctrl, shift }: Held): number {
  return [alt === true && 1, ctrl === true && 2, shift === true && 8].reduce<number>(
    (sum, bit) => sum + Number(bit),
    0,
  );
}

/** Presses a key by its place, as somebody does whose keyboard is switched to Persian: the letter that arrives is another. */
export async function pressPersian(page: Page, code: string, held: Held = {}): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const letter = persian[code];
  const text = code === 'Enter' ? '\r' : letter;
  const isPlain = held.ctrl !== true && held.alt !== true;
  const stroke = {
    code,
    key: letter ?? code,
    modifiers: bitsOf(held),
    windowsVirtualKeyCode: code === 'Enter' ? 13 : code.charCodeAt(code.length - 1),
  };
  await session.send('Input.dispatchKeyEvent', {
    ...stroke,
    type: 'keyDown',
    ...(isPlain && text !== undefined && { text }),
  });
  await session.send('Input.dispatchKeyEvent', { ...stroke, type: 'keyUp' });
  await session.detach();
}

/** Types a text letter by letter at the places where a Persian keyboard has them. */
export async function typePersian(page: Page, text: string): Promise<void> {
  const places = Object.fromEntries(Object.entries(persian).map(([code, letter]) => [letter, code]));
  for (const letter of text) {
    await pressPersian(page, places[letter] ?? letter);
  }
}
