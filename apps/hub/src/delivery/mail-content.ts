import type { MessageContent } from '#channels';

/** What a mail of ours keeps besides its text: whom it goes to and whether it repeats its thread. */
export interface MailContent extends MessageContent {
  bcc?: string[];
  quote?: boolean;
}
