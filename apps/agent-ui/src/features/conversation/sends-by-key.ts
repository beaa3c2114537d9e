type Press = Pick<
  KeyboardEvent,
  'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing' | 'defaultPrevented'
>;

/** Enter with Ctrl always sends; alone only for whoever wants that, and never while a word or a choice is still being made. */
export function sendsByKey(press: Press, enterSends: boolean): boolean {
  if (press.code !== 'Enter' && press.code !== 'NumpadEnter') {
    return false;
  }
  const isBusy = press.isComposing || press.defaultPrevented;
  const isPlain = !press.shiftKey && !press.altKey;
  return !isBusy && (press.ctrlKey || press.metaKey || (enterSends && isPlain));
}
