import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import { readCookie } from '../sessions/session-cookie.js';
import { flowSeconds } from './sign-in-flows.js';

/** The cookie that binds a sign-in to the browser that began it. It comes along when a provider leads back, so it is Lax. */
@Injectable()
export class FlowCookie {
  private readonly name: string;
  private readonly more: string;

  constructor(config: HubConfig) {
    const isSecure = config.publicUrl?.startsWith('https:') ?? false;
    this.name = isSecure ? '__Host-peyk-sign-in' : 'peyk-sign-in';
    this.more = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  write(browser: string): string {
    return `${this.name}=${browser}; Max-Age=${flowSeconds}; ${this.more}`;
  }

  clear(): string {
    return `${this.name}=; Max-Age=0; ${this.more}`;
  }

  read(header: string | undefined): string | null {
    return readCookie(header, this.name);
  }
}
