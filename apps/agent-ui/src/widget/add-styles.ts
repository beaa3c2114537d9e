/**
 * Gives a shadow root its styles. A strict content policy of the host page refuses style elements and attributes, even inside
 * a shadow root; constructed sheets it lets pass. Browsers too old for those get the element.
 */
export function addStyles(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement('style');
    style.textContent = css;
    root.append(style);
  }
}
