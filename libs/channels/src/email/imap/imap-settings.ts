import { z } from 'zod';

const folder = z.string().trim().min(1).max(255);

/** How a mailbox is read over IMAP. */
export const imapConfig = z
  .object({
    host: z.string().trim().min(1).max(253).describe('The server that keeps the mailbox'),
    port: z.number().int().min(1).max(65_535).default(993),
    secure: z.boolean().default(true).describe('TLS from the start (port 993); otherwise STARTTLS'),
    user: z.string().max(254).default('').describe('Empty when it is the address itself'),
    folders: z.array(folder).min(1).max(20).default(['INBOX']).describe('The folders that are read'),
    existing: z
      .enum(['unseen', 'none', 'all'])
      .default('unseen')
      .describe('What is taken of the mail that lies there at the first look'),
    readSent: z.boolean().default(true).describe('Show answers that somebody wrote with another mail program'),
    sentFolder: z.string().trim().max(255).default('').describe('Empty: the folder that the server marks as its own'),
    afterImport: z
      .enum(['leave', 'seen', 'move', 'delete'])
      .default('leave')
      .describe('What becomes of a mail on the server once it is stored here'),
    moveTo: z.string().trim().max(255).default('').describe('Where mails are moved to'),
    trustedAuthServer: z
      .string()
      .trim()
      .toLowerCase()
      .max(253)
      .default('')
      .describe('The server whose Authentication-Results are believed, as it names itself there'),
  })
  .refine(({ afterImport, moveTo }) => afterImport !== 'move' || moveTo !== '', {
    path: ['moveTo'],
    message: 'Name the folder that mails are moved to.',
  })
  .refine(({ afterImport, moveTo, folders }) => afterImport !== 'move' || !folders.includes(moveTo), {
    path: ['moveTo'],
    message: 'This folder is read itself: mails moved there would come again.',
  });

export type ImapSettings = z.infer<typeof imapConfig>;
