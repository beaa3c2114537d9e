import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import { sha256 } from '../tokens.js';
import { readCookie } from './session-cookie.js';

/** How long somebody may take at a provider, and for their second step. */
export const signInMinutes = 10;

/** So much of a hash tells the sign-ins of one browser apart. */
const nameBytes = 6;

/**
 * The cookie that binds a sign-in to the browser that began it, one for each: two tabs sign in beside each other. What a sign-in goes by,
 * the state of a provider's or the ticket of a second step, stands in addresses and is worth nothing without it. It comes along when a
 * provider leads back, so it is Lax.
 */
@Injectable()
export class SignInCookie {
  private readonly name: string;
  private readonly more: string;

  constructor(config: HubConfig) {
    const isSecure = config.publicUrl?.startsWith('https:') ?? false;
    this.name = isSecure ? '__Host-peyk-sign-in' : 'peyk-sign-in';
    this.more = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  /** A Set-Cookie value. `goesBy`: a state or a ticket. */
  write(goesBy: string, browser: string): string {
    return `${this.nameOf(goesBy)}=${browser}; Max-Age=${signInMinutes * 60}; ${this.more}`;
  }

  clear(goesBy: string): string {
    return `${this.nameOf(goesBy)}=; Max-Age=0; ${this.more}`;
  }

  read(header: string | undefined, goesBy: string): string | null {
    return readCookie(header, this.nameOf(goesBy));
  }

  private nameOf(goesBy: string): string {
    return `${this.name}-${sha256(goesBy).toString('hex', 0, nameBytes)}`;
  }
}
