import { Controller, Get, Header, HttpCode, Param, Post, Res } from '@nestjs/common';
import { Access } from '../auth/access-rule.js';
import type { HubReply } from '../platform/http/exchange.js';
import { brandedPage } from '../settings/brand/brand-page.js';
import type { Brand } from '../settings/brand/brand.js';
import { Brands } from '../settings/brand/brands.service.js';
import { Unsubscribes } from './unsubscribes.service.js';

const html = 'text/html; charset=utf-8';

/**
 * Where bulk mail is unsubscribed from, without signing in (RFC 8058). Mail programs post; scanners of mail follow every link, so
 * looking changes nothing and shows a button.
 */
@Controller('u')
@Access('public')
export class UnsubscribeController {
  constructor(
    private readonly lists: Unsubscribes,
    private readonly brands: Brands,
  ) {}

  @Get(':token')
  @Header('content-type', html)
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  show(@Param('token') token: string, @Res({ passthrough: true }) reply: HubReply): string {
    this.lists.read(token);
    return page(this.brands.now, reply, [
      `<form method="post"><button>Unsubscribe</button></form>`,
      `<form method="post"><button>لغو عضویت</button></form>`,
    ]);
  }

  @Post(':token')
  @HttpCode(200)
  @Header('content-type', html)
  @Header('cache-control', 'no-store')
  async leave(@Param('token') token: string, @Res({ passthrough: true }) reply: HubReply): Promise<string> {
    await this.lists.leave(token);
    return page(this.brands.now, reply, [
      '<p>You will get no more of these mails.</p>',
      '<p>از این پس چنین نامه‌ای برای شما فرستاده نمی‌شود.</p>',
    ]);
  }
}

const style = `
body{font:1rem/1.7 system-ui,sans-serif;max-inline-size:30em;margin:4em auto;padding-inline:1rem;text-align:center;color:#1b1f24;background:#fff}
button{font:inherit;padding:.5rem 1.2rem;color:var(--on-accent);background:var(--accent);border:0;border-radius:.6rem}.brand{justify-content:center}`;

/** In both languages: whose the mail was is not known. */
function page(brand: Brand, reply: HubReply, [english, persian]: [string, string]): string {
  const { policy, head, foot, style: branded } = brandedPage(brand, 'en', style);
  void reply.header('content-security-policy', policy);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>Unsubscribe · لغو عضویت</title><style>${branded}</style></head>
<body>${head}
<div lang="en" dir="ltr">${english}</div>
<div lang="fa" dir="rtl">${persian}</div>${foot}
</body></html>`;
}
