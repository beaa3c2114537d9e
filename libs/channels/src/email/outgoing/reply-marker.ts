/** The line above which customers answer, by the language of the mail. Whoever cuts quotes off an answer looks for these. */
export const replyMarkers = {
  en: '-- Please write your reply above this line --',
  fa: '-- لطفاً پاسخ خود را بالای این خط بنویسید --',
} as const;

/** The attribute of the element that holds the line in our HTML. It outlives mail programs that rename ids and classes. */
export const replyMarkerAttribute = 'data-peyk-reply';

const tokenOfBody = /\bpeyk:([a-z2-7]{39})\b/iu;

/** How a mail names its thread in its body, for systems that drop headers and answer to the bare address. */
export function bodyMark(threadToken: string): string {
  return `peyk:${threadToken}`;
}

/** The thread token that a body repeats, from our mail quoted in it; null when there is none. Whether it is true only the key can say. */
export function findBodyToken(body: string): string | null {
  return tokenOfBody.exec(body)?.[1]?.toLowerCase() ?? null;
}
