import { z } from 'zod';

/**
 * The parts of the Bot API's objects that Peyk reads. Everything else may come and change: unknown fields are kept in the raw
 * bytes only. Ids have up to 52 bits, so numbers hold them exactly.
 */
const person = z.looseObject({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
});

const chat = z.looseObject({ id: z.int(), type: z.string().optional(), title: z.string().optional() });

const file = z.looseObject({
  file_id: z.string(),
  file_unique_id: z.string().optional(),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  duration: z.number().optional(),
});

const photoSize = z.looseObject({
  file_id: z.string(),
  file_unique_id: z.string().optional(),
  file_size: z.number().optional(),
  width: z.number(),
  height: z.number(),
});

const sticker = z.looseObject({
  file_id: z.string(),
  file_unique_id: z.string().optional(),
  file_size: z.number().optional(),
  emoji: z.string().optional(),
  is_animated: z.boolean().optional(),
  is_video: z.boolean().optional(),
});

const place = z.looseObject({ latitude: z.number(), longitude: z.number(), live_period: z.number().optional() });

/** Who wrote a forwarded message first. Which of the names is there depends on what they let others see. */
const origin = z.looseObject({
  sender_user: person.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: chat.optional(),
  chat: chat.optional(),
});

const button = z.looseObject({ text: z.string(), callback_data: z.string().optional() });

const message = z.looseObject({
  message_id: z.int(),
  date: z.int(),
  chat,
  from: person.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
  forward_origin: origin.optional(),
  reply_to_message: z
    .looseObject({
      message_id: z.int(),
      from: person.optional(),
      text: z.string().optional(),
      caption: z.string().optional(),
    })
    .optional(),
  quote: z.looseObject({ text: z.string() }).optional(),
  photo: z.array(photoSize).optional(),
  document: file.optional(),
  animation: file.optional(),
  audio: file.optional(),
  voice: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  sticker: sticker.optional(),
  location: place.optional(),
  venue: z.looseObject({ title: z.string(), address: z.string() }).optional(),
  contact: z
    .looseObject({
      phone_number: z.string(),
      first_name: z.string().optional(),
      last_name: z.string().optional(),
      user_id: z.int().optional(),
    })
    .optional(),
  dice: z.looseObject({ emoji: z.string(), value: z.int() }).optional(),
  poll: z.looseObject({ question: z.string(), options: z.array(z.looseObject({ text: z.string() })) }).optional(),
});

const callbackQuery = z.looseObject({
  id: z.string(),
  from: person,
  data: z.string().optional(),
  message: z
    .looseObject({
      message_id: z.int(),
      chat,
      reply_markup: z.looseObject({ inline_keyboard: z.array(z.array(button)).optional() }).optional(),
    })
    .optional(),
});

const memberChange = z.looseObject({
  chat: chat.optional(),
  new_chat_member: z.looseObject({ status: z.string() }),
});

export const botApiUpdate = z.looseObject({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: memberChange.optional(),
});

export type BotApiUpdate = z.output<typeof botApiUpdate>;
export type BotApiMessage = z.output<typeof message>;
export type BotApiCallbackQuery = z.output<typeof callbackQuery>;
export type BotApiMemberChange = z.output<typeof memberChange>;
export type BotApiChat = z.output<typeof chat>;
export type BotApiPerson = z.output<typeof person>;
