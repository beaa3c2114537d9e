import type { Page } from 'playwright-core';

/** What the keys of the shortcuts type on the standard Persian layout. */
const persian: Record<string, string> = { KeyJ: 'ت', KeyK: 'ن', KeyR: 'ق', KeyN: 'د', KeyE: 'ث', KeyA: 'ش' };

/** Presses a key by its place, as somebody does whose keyboard is switched to Persian: the letter that arrives is another. */
export async function pressPersian(
  page: Page,
  code: string,
  held: { ctrl?: boolean; alt?: boolean } = {},
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const letter = persian[code];
  const key = letter ?? code;
  const stroke = {
    code,
    key,
    modifiers: (held.alt === true ? 1 : 0) + (held.ctrl === true ? 2 : 0),
    windowsVirtualKeyCode: code.charCodeAt(code.length - 1),
  };
  await session.send('Input.dispatchKeyEvent', {
    ...stroke,
    type: 'keyDown',
    ...(letter === undefined || held.ctrl === true || held.alt === true ? {} : { text: letter }),
  });
  await session.send('Input.dispatchKeyEvent', { ...stroke, type: 'keyUp' });
  await session.detach();
}
