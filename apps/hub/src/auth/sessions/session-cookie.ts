import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';

/** The cookie that holds the session's token. Over https it is bound to this very host; over plain http the console warns. */
@Injectable()
export class SessionCookie {
  readonly isSecure: boolean;
  private readonly name: string;

  constructor(config: HubConfig) {
    this.isSecure = config.publicUrl?.startsWith('https:') ?? false;
    this.name = this.isSecure ? '__Host-peyk' : 'peyk';
  }

  /** A Set-Cookie value. `maxAgeSeconds` 0 takes the cookie back. */
  write(token: string, maxAgeSeconds: number): string {
    const attributes = [
      `Max-Age=${maxAgeSeconds}`,
      'Path=/',
      'HttpOnly',
      'SameSite=Lax',
      ...(this.isSecure ? ['Secure'] : []),
    ];
    return [`${this.name}=${token}`, ...attributes].join('; ');
  }

  /** The token of a Cookie header, or null. */
  read(header: string | undefined): string | null {
    return readCookie(header, this.name);
  }
}

/** The value of one cookie of a Cookie header; null where it is not there or empty. */
export function readCookie(header: string | undefined, name: string): string | null {
  const pair = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) || null;
}
