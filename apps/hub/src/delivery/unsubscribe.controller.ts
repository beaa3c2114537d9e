import { Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { Access } from '../auth/access-rule.js';
import { Unsubscribes } from './unsubscribes.service.js';

const html = 'text/html; charset=utf-8';

/**
 * Where bulk mail is unsubscribed from, without signing in (RFC 8058). Mail programs post; scanners of mail follow every link, so
 * looking changes nothing and shows a button.
 */
@Controller('u')
@Access('public')
export class UnsubscribeController {
  constructor(private readonly lists: Unsubscribes) {}

  @Get(':token')
  @Header('content-type', html)
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  show(@Param('token') token: string): string {
    this.lists.read(token);
    return page(
      `<form method="post"><button>Unsubscribe</button></form>`,
      `<form method="post"><button>لغو عضویت</button></form>`,
    );
  }

  @Post(':token')
  @HttpCode(200)
  @Header('content-type', html)
  @Header('cache-control', 'no-store')
  async leave(@Param('token') token: string): Promise<string> {
    await this.lists.leave(token);
    return page(
      '<p>You will get no more of these mails.</p>',
      '<p>از این پس چنین نامه‌ای برای شما فرستاده نمی‌شود.</p>',
    );
  }
}

function page(english: string, persian: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>Unsubscribe · لغو عضویت</title></head>
<body style="font-family:sans-serif;max-width:30em;margin:4em auto;text-align:center">
<div lang="en" dir="ltr">${english}</div>
<div lang="fa" dir="rtl">${persian}</div>
</body></html>`;
}
