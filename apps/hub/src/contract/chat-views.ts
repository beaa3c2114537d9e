/** Shapes of what chat messengers bring. Instants are ISO 8601 strings in UTC; ids are UUIDs. */

/** A link that opens a chat with a bot and says whose chat it is. It works once. Its address is told when it is made, and never again. */
export interface StartLinkView {
  id: string;
  channelId: string;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  usedAt: string | null;
  url: string | null;
}

/** What a message said before its author changed it, and when they did. */
export interface RevisionView {
  number: number;
  body: string;
  until: string;
}

/** What a message shows besides its words, which say the same for whoever does not show it. */
export interface SharedView {
  /** `title` and `address` are '' for a bare point; `live`: it moves on while its sender shares it. */
  place?: { latitude: number; longitude: number; title: string; address: string; live: boolean };
  /** `own`: the sender's, as the channel vouches. */
  contact?: { name: string; phone: string; own: boolean };
  sticker?: { emoji: string };
  /** The first attachment is the recording. */
  voice?: { seconds: number };
  /** Who wrote it first; '' when nobody is named. */
  forwardedFrom?: string;
  /** The beginning of the message that it answers, or the part of it that was marked. `ours`: we wrote it. */
  answers?: { text: string; ours: boolean };
  /** The page of a site that a visitor wrote on, as their browser says; only where it is another than before. '' where nothing is known. */
  page?: { url: string; title: string; referrer: string };
}
