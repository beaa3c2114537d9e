import { describe, expect, it } from '@jest/globals';
import { errorOfRefusal } from './bot-api-errors.js';

/** Bodies as Telegram and servers that speak like it give them, and what each of them means for a send. */
const bodies: [description: string, status: number, code: string, retry: string][] = [
  ['Forbidden: bot was blocked by the user', 403, 'blocked', 'never'],
  ['Forbidden: user is deactivated', 403, 'deactivated', 'never'],
  ["Forbidden: bot can't initiate conversation with a user", 403, 'not_started', 'never'],
  ["Forbidden: bot can't send messages to bots", 403, 'not_started', 'never'],
  ['Forbidden: bot was kicked from the supergroup chat', 403, 'chat_not_found', 'never'],
  ['Forbidden: the group chat was deleted', 403, 'chat_not_found', 'never'],
  ['Forbidden: bot is not a member of the channel chat', 403, 'chat_not_found', 'never'],
  ['Forbidden: CHAT_WRITE_FORBIDDEN', 403, 'refused', 'never'],
  ['Bad Request: chat not found', 400, 'chat_not_found', 'never'],
  ['Bad Request: PEER_ID_INVALID', 400, 'chat_not_found', 'never'],
  ['Bad Request: USER_IS_BLOCKED', 400, 'blocked', 'never'],
  ['Bad Request: INPUT_USER_DEACTIVATED', 400, 'deactivated', 'never'],
  ['Bad Request: group chat was upgraded to a supergroup chat', 400, 'chat_not_found', 'never'],
  ["Bad Request: can't parse entities: Can't find end tag corresponding to start tag b", 400, 'bad_format', 'never'],
  ['Bad Request: message is too long', 400, 'too_large', 'never'],
  ['Bad Request: file is too big', 400, 'too_large', 'never'],
  ['Bad Request: query is too old and response timeout expired or query ID is invalid', 400, 'stale_press', 'never'],
  ['Bad Request: message text is empty', 400, 'refused', 'never'],
  ['Bad Request: not enough rights to send text messages to the chat', 400, 'refused', 'never'],
  ['Request Entity Too Large', 413, 'too_large', 'never'],
  ['Bad Request: Logged out', 400, 'unauthorized', 'after-reconnect'],
  ['Unauthorized', 401, 'unauthorized', 'after-reconnect'],
  ['Not Found', 404, 'unauthorized', 'after-reconnect'],
  ['Not Found: method not found', 404, 'unsupported', 'never'],
  [
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    409,
    'another_poller',
    'soon',
  ],
  ["Conflict: can't use getUpdates method while webhook is active", 409, 'webhook_set', 'after-reconnect'],
  ['Too Many Requests: retry after 35', 429, 'rate_limited', 'soon'],
];

describe('what the Bot API refuses', () => {
  it.each(bodies)('%s (%i) is %s', (description, error_code, code, retry) => {
    expect(errorOfRefusal({ error_code, description }, 'send')).toMatchObject({ code, retry, doubtful: false });
  });

  it('is believed about how long to wait, by number or in words', () => {
    const wait = (body: object, description = 'Too Many Requests') =>
      errorOfRefusal({ error_code: 429, description, ...body }, 'send').retryAfterMs;
    expect(wait({ parameters: { retry_after: 35 } })).toBe(35_000);
    expect(wait({}, 'Too Many Requests: retry after 7')).toBe(7000);
    expect(wait({}, 'FLOOD_WAIT_12')).toBe(12_000);
    expect(wait({})).toBe(1000);
  });

  it('leaves a send in doubt only where the server itself failed', () => {
    const outage = { error_code: 502, description: 'Bad Gateway' };
    expect(errorOfRefusal(outage, 'send')).toMatchObject({ code: 'provider_failed', retry: 'never', doubtful: true });
    expect(errorOfRefusal(outage, 'ask')).toMatchObject({ code: 'provider_failed', retry: 'soon', doubtful: false });
  });

  it('names the chat that a group became', () => {
    const parameters = { migrate_to_chat_id: -100123 };
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    expect(errorOfRefusal({ error_code: 400, description, parameters }, 'send')).toMatchObject({ movedTo: -100123 });
  });
});
