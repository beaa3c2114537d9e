import { createHmac } from 'node:crypto';
import { postUntilTaken, type Handed } from './loopback-server.js';

/** A webhook that was handed to the hub. */
export interface TwilioHook {
  /** The path behind the channel, e.g. sms-status. */
  path: string;
  params: Record<string, string>;
  handed: Handed;
}

export interface TwilioHookOptions {
  authToken: string;
  publicUrl: string;
  hubUrl: string;
  retryMs: number;
}

interface Reported {
  sid: string;
  to: string;
  from: string;
  statusCallback: string | null;
}

/** Twilio's side of the webhooks: signed over the public address, posted to where the hub listens, repeated until taken. */
export class TwilioWebhooks {
  readonly sent: TwilioHook[] = [];
  private readonly stopped = new AbortController();
  private readonly underway = new Set<Promise<unknown>>();
  private repeats = 0;

  private readonly options: TwilioHookOptions;

  constructor(options: TwilioHookOptions) {
    this.options = options;
  }

  repeat(times: number): void {
    this.repeats = times;
  }

  stop(): void {
    this.stopped.abort();
  }

  async settled(): Promise<void> {
    await Promise.all(this.underway);
  }

  hand(channel: string, path: string, params: Record<string, string>): Promise<Handed> {
    return this.post(`${this.options.publicUrl}/hooks/twilio/${channel}/${path}`, path, params);
  }

  /** Reports the states of a message to its status callback, one after the other. */
  report(message: Reported, statuses: string[], accountSid: string): void {
    const { statusCallback, sid, to, from } = message;
    if (statusCallback === null) {
      return;
    }
    const reporting = (async () => {
      for (const MessageStatus of statuses) {
        const params = { MessageSid: sid, SmsSid: sid, AccountSid: accountSid, From: from, To: to, MessageStatus };
        await this.post(statusCallback, 'sms-status', { ...params, SmsStatus: MessageStatus });
      }
    })();
    this.underway.add(reporting);
    void reporting.finally(() => this.underway.delete(reporting));
  }

  private async post(publicUrl: string, path: string, params: Record<string, string>): Promise<Handed> {
    const { authToken, hubUrl, retryMs } = this.options;
    const url = publicUrl.replace(this.options.publicUrl, hubUrl);
    const send = () =>
      fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': signTwilio(authToken, publicUrl, params),
        },
        body: new URLSearchParams(params).toString(),
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(30_000)]),
      });
    const patience = { attempts: 20, firstDelayMs: retryMs, givesUpWhenRefused: true };
    let handed: Handed = null;
    for (let copy = 0; copy <= this.repeats; copy += 1) {
      handed = await postUntilTaken(send, patience, this.stopped.signal);
      this.sent.push({ path, params, handed });
    }
    return handed;
  }
}

/** X-Twilio-Signature of a form post: HMAC-SHA1 over the URL and the parameters in the order of their names. */
export function signTwilio(authToken: string, url: string, params: Record<string, string>): string {
  const signed = Object.keys(params)
    .sort()
    .reduce((text, name) => text + name + (params[name] ?? ''), url);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}
