/** A text with its ASCII letters in lower case. Others stay, because some change their length ("İ") and every place after them with it. */
export function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}
